package facteur.web;

/// Whether a text is a path of ours, to which a browser may be sent: not `//evil.example` or `/\evil.example`, which browsers take for
/// another host. Stateless.
public final class OwnPath {
    private OwnPath() {}

    public static boolean isOne(String text) {
        return facteur.access.OwnPath.parse(text).isPresent();
    }

    /// The same of a path that we have made, however long.
    static boolean isWritten(String text) {
        return facteur.access.OwnPath.isWritten(text);
    }
}
