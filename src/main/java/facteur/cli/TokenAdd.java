package facteur.cli;

import facteur.access.NewToken;
import facteur.access.Scope;
import facteur.access.Token;
import facteur.access.Tokens;
import facteur.office.OfficeId;
import facteur.platform.config.Nearest;
import facteur.spool.SpoolException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `facteur token add`.
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Makes a token of the API, and prints it as the only line of standard output. It isn't stored, and can't be shown again.")
final class TokenAdd implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NAME", description = "What histories and logs call its holder, such as suite.")
    private String name = "";

    @Option(names = "--office", paramLabel = "ID", required = true, description = "The office that it is for; '*' for all.")
    private String office = "";

    @Option(names = "--scope", paramLabel = "SCOPE", required = true, arity = "1",
            description = "What it may do, commas between: settings:read, settings:write, cards:read, cards:write, domains:read, domains:write, "
                    + "log:read, sessions:create.")
    private List<String> scopes = List.of();

    @Option(names = "--suite", paramLabel = "NAME",
            description = "With sessions:create, and only then: the app of console.suites whose people it launches into their office.")
    private @Nullable String suite;

    @Option(names = "--until", paramLabel = "DATE", converter = Until.class,
            description = "When it ends: a day, from its beginning (UTC), or a time such as 2027-11-30T12:00:00Z; three years from now at the "
                    + "latest. Default: in a year.")
    private @Nullable Instant until;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    TokenAdd(Invocation invocation) {
        this.invocation = invocation;
    }

    /// A day, or an instant.
    static final class Until implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return text.contains("T") ? Instant.parse(text) : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeException none) {
                throw new TypeConversionException("'" + text + "' is not a date; write 2027-11-30 or 2027-11-30T12:00:00Z");
            }
        }
    }

    @Override
    public Integer call() throws CommandException, SpoolException, SQLException {
        var wanted = wanted();
        var installation = config.installation(invocation).asOwner();
        try (var database = installation.openOrMake(installation.place(), installation.command())) {
            switch (add(database, wanted)) {
                case Tokens.Addition.Made(var token, var text) -> {
                    database.recorder().changed();
                    warnOfSuite(installation);
                    invocation.out().println(text.reveal());
                    invocation.err().println(new TokenLines(invocation.time().instant()).made(token));
                }
                case Tokens.Addition.NameTaken(var other) -> throw CommandException.of(
                        ExitCode.DATA, "there is a token " + other.name() + " already; choose another name, or revoke that one: " + other.id());
            }
        }
        return ExitCode.OK.number();
    }

    private NewToken wanted() {
        try {
            var forOffice = office.equals(Token.ALL) ? Optional.<OfficeId>empty() : Optional.of(office());
            return new NewToken(name, forOffice, Scope.parseList(String.join(",", scopes)), Optional.ofNullable(suite), Optional.ofNullable(until));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /// It may come into the configuration later.
    private void warnOfSuite(VerbContext installation) {
        if (suite != null) {
            var suites = installation.suites();
            if (!suites.contains(suite)) {
                invocation.err()
                        .println("facteur: console.suites has no " + suite + " yet: until it has, it launches nobody" + Nearest.hint(suite, suites));
            }
        }
    }

    private OfficeId office() {
        return OfficeId.parse(office).orElseThrow(() -> new IllegalArgumentException("not a valid office id: " + office));
    }

    private Tokens.Addition add(OpenDatabase database, NewToken wanted) throws SQLException {
        try {
            return database.tokens().add(wanted, invocation.operator());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
