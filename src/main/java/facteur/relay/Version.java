package facteur.relay;

/// Which release of the program this is.
public final class Version {
    private Version() {}

    /// Such as `0.1.0`; `in development` outside the packaged program.
    public static String version() {
        var version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "in development" : version;
    }
}
