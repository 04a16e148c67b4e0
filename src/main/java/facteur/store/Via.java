package facteur.store;

/// By which door a change came in.
public enum Via {
    CONSOLE,
    API,
    COMMAND
}
