package facteur.cli;

import facteur.domain.Claim;
import facteur.domain.DomainDesk;
import facteur.domain.DomainSettings;
import facteur.office.OfficeId;
import facteur.relay.Config;
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

    @Option(names = "--office", paramLabel = "ID",
            description = "The office; required by add and remove. Default of the other verbs: each office that has claimed the domain.")
    private @Nullable String office;

    /// The work of a verb.
    interface Work {
        /// @param claims those that the options select
        ExitCode run(DomainDesk desk, Config config, List<Claim> claims) throws CommandException, SQLException, IOException;
    }

    /// Does it to the claims that the options select; there is at least one.
    int each(Invocation invocation, CommandLine commandLine, Work work) throws CommandException, SQLException {
        var name = domain(commandLine);
        var wanted = office(commandLine);
        return work(invocation, commandLine, (desk, read, claims) -> {
            if (claims.isEmpty()) {
                throw CommandException.of(
                        ExitCode.DATA,
                        wanted.map(id -> "office " + id + " has not claimed " + name).orElse("no office has claimed " + name));
            }
            return work.run(desk, read, claims);
        });
    }

    /// Does it whether or not there is a claim.
    int work(Invocation invocation, CommandLine commandLine, Work work) throws CommandException, SQLException {
        var name = domain(commandLine);
        var wanted = office(commandLine);
        var installation = config.installation(invocation).asOwner();
        var read = installation.config();
        try (var database = installation.openDomains(read)) {
            var desk = database.domains(read);
            var claims = desk.of(name).stream()
                    .filter(claim -> wanted.isEmpty() || wanted.get().equals(claim.office()))
                    .toList();
            return work.run(desk, read, claims).number();
        } catch (IOException failure) {
            throw CommandException.cannotCreate(failure);
        }
    }

    String domain(CommandLine commandLine) {
        try {
            return DomainSettings.domain(domain);
        } catch (IllegalArgumentException none) {
            throw new ParameterException(commandLine, String.valueOf(none.getMessage()));
        }
    }

    OfficeId requiredOffice(CommandLine commandLine) {
        return office(commandLine).orElseThrow(() -> new ParameterException(commandLine, "--office is required"));
    }

    private Optional<OfficeId> office(CommandLine commandLine) {
        return Optional.ofNullable(office)
                .map(text -> OfficeId.parse(text).orElseThrow(() -> new ParameterException(commandLine, "not a valid office id: " + text)));
    }
}
