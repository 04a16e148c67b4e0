package facteur.cli;

import facteur.domain.Claim;
import facteur.domain.DomainDesk;
import facteur.domain.DomainSettings;
import facteur.office.OfficeId;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/// Which domain, and for which office.
final class DomainOptions {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "DOMAIN", description = "Such as dupont.example.")
    private String domain = "";

    @Option(names = "--office", paramLabel = "ID", description = "The office: to be said for add and remove. Default of the others: each that has added the domain.")
    private @Nullable String office;

    /// What is done with the claims that are meant.
    interface Work {
        ExitCode run(DomainDesk desk, Sending sending, List<Claim> claims) throws SQLException, IOException;
    }

    /// Does it to the claims that are meant; there is at least one.
    int each(Program program, CommandLine commandLine, Work work) {
        var name = domain(commandLine);
        var wanted = office(commandLine);
        return program.domains(config.file(), commandLine.getErr(), (desk, sending) -> {
            var claims = desk.of(name).stream()
                    .filter(claim -> wanted.isEmpty() || wanted.get().equals(claim.office()))
                    .toList();
            if (claims.isEmpty()) {
                commandLine.getErr().println("facteur: nobody has added " + name + wanted.map(id -> " for office " + id).orElse(""));
                return ExitCode.DATA;
            }
            return work.run(desk, sending, claims);
        }).number();
    }

    /// Does it whether or not there is a claim.
    int work(Program program, CommandLine commandLine, Program.DomainWork work) {
        return program.domains(config.file(), commandLine.getErr(), work).number();
    }

    String domain(CommandLine commandLine) {
        try {
            return DomainSettings.domain(domain);
        } catch (IllegalArgumentException none) {
            throw new ParameterException(commandLine, String.valueOf(none.getMessage()));
        }
    }

    OfficeId requiredOffice(CommandLine commandLine) {
        return office(commandLine).orElseThrow(() -> new ParameterException(commandLine, "for which office? Say --office"));
    }

    private Optional<OfficeId> office(CommandLine commandLine) {
        return Optional.ofNullable(office)
                .map(text -> OfficeId.parse(text).orElseThrow(() -> new ParameterException(commandLine, "no id of an office: " + text)));
    }
}
