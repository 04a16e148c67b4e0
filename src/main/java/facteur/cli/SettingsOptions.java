package facteur.cli;

import facteur.office.OfficeId;
import java.sql.SQLException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Options of every verb on settings, and how it gets at them.
final class SettingsOptions {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    /// The work of a verb.
    interface Work {
        ExitCode run(OpenStore settings) throws CommandException, SQLException;
    }

    boolean isJson() {
        return json;
    }

    VerbContext installation(Invocation invocation) {
        return config.installation(invocation);
    }

    /// Does what needs a database that is there.
    int work(Invocation invocation, Work work) throws CommandException, SQLException {
        var installation = config.installation(invocation).asOwner();
        try (var settings = installation.openStore(installation.config())) {
            return work.run(settings).number();
        }
    }

    static OfficeId office(String text, CommandLine commandLine) {
        return OfficeId.parse(text).orElseThrow(() -> new ParameterException(commandLine, "not a valid office id: " + text));
    }
}
