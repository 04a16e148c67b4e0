package facteur;

import facteur.cli.Cli;
import facteur.cli.DaemonProgram;
import java.io.PrintWriter;

/// Where the program starts.
public final class Facteur {
    private Facteur() {}

    public static void main(String[] arguments) {
        System.exit(Cli.execute(new DaemonProgram(arguments), arguments));
    }

    /// The same within a JVM that goes on.
    ///
    /// @return a number of `sysexits.h`
    public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return Cli.execute(new DaemonProgram(arguments), out, err, arguments);
    }
}
