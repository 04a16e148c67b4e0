package facteur;

import facteur.cli.Cli;

/// Where the program starts.
public final class Facteur {
    private Facteur() {}

    /// Such as `0.1.0`.
    static String version() {
        var version = Facteur.class.getPackage().getImplementationVersion();
        return version == null ? "in development" : version;
    }

    public static void main(String[] arguments) {
        System.exit(Cli.execute(new DaemonProgram(arguments), arguments));
    }
}
