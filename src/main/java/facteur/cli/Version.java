package facteur.cli;

import picocli.CommandLine.Command;

/// `facteur version`.
@Command(name = "version", mixinStandardHelpOptions = true, description = "Prints the versions of facteur and Java.")
final class Version implements Runnable {
    private final Invocation invocation;

    Version(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public void run() {
        invocation.out().println("facteur " + facteur.relay.Version.version() + " (Java " + Runtime.version() + ")");
    }
}
