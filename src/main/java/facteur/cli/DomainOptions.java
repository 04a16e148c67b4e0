package facteur.cli;

import facteur.domain.Claim;
import facteur.domain.DomainDesk;
import facteur.domain.DomainSettings;
import facteur.domain.OwnDomain;
import facteur.domain.OwnDomains;
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

    @Option(names = "--relay", description = "The domain is one of the relay itself: of shared-address, returns.domain or returns.replies.")
    private boolean isRelay;

    /// The work of a verb.
    interface Work {
        /// @param claims those that the options select
        ExitCode run(DomainDesk desk, Config config, List<Claim> claims) throws CommandException, SQLException, IOException;
    }

    /// The work of a verb on a domain of the relay itself.
    interface OwnWork {
        ExitCode run(OwnDomains domains, OwnDomain domain) throws IOException;
    }

    /// Does it to the claims that the options select; there is at least one. Or to a domain of the relay itself, that no office is named
    /// for, and none has claimed.
    int each(Invocation invocation, CommandLine commandLine, OwnWork ownWork, Work work) throws CommandException, SQLException {
        var domain = domain(commandLine);
        if (isRelay(commandLine) || office(commandLine).isEmpty()) {
            var installation = config.installation(invocation).asOwner();
            var read = installation.config();
            try (var database = isRelay ? installation.makeDomains(read) : installation.openDomains(read)) {
                var own = database.ownDomains(read);
                var found = own.find(domain);
                if (found.isPresent() && (isRelay || database.domains(read).of(domain).isEmpty())) {
                    return ownWork.run(own, found.get()).number();
                }
                if (isRelay) {
                    throw notOurs(domain, own);
                }
            } catch (IOException failure) {
                throw CommandException.cannotCreate(failure);
            }
        }
        return each(invocation, commandLine, work);
    }

    private static CommandException notOurs(String domain, OwnDomains own) {
        return CommandException.of(ExitCode.DATA, domain + " is no domain of the relay itself; its domains are "
                + String.join(", ", own.list().stream().map(OwnDomain::domain).toList()));
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

    boolean isRelay(CommandLine commandLine) {
        if (isRelay && office != null) {
            throw new ParameterException(commandLine, "--office and --relay exclude each other");
        }
        return isRelay;
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
