package facteur.cli;

import facteur.office.OfficeId;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// What the verbs of `facteur addresses` have in common.
final class AddressOptions {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--office", paramLabel = "ID", required = true, description = "The office whose list it is.")
    private String office = "";

    VerbContext installation(Invocation invocation) {
        return config.installation(invocation);
    }

    String office(CommandLine commandLine) {
        return OfficeId.parse(office)
                .map(OfficeId::text)
                .orElseThrow(() -> new ParameterException(commandLine, "not the id of an office: " + office));
    }
}
