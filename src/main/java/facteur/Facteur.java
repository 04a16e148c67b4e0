package facteur;

import facteur.cli.Cli;
import facteur.cli.Invocation;

/// Where the program starts.
public final class Facteur {
    private Facteur() {}

    public static void main(String[] arguments) {
        System.exit(Cli.execute(Invocation.ofProcess(arguments)));
    }
}
