package facteur.cli;

import facteur.platform.json.Json;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `facteur token list`.
@Command(name = "list", mixinStandardHelpOptions = true,
        description = "Lists the tokens of the API, with their last use; never the tokens themselves.")
final class TokenList implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--all", description = "Lists those that were revoked, too.")
    private boolean isAll;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    TokenList(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var lines = new TokenLines(invocation.time().instant());
        try (var database = config.installation(invocation).openQueue()) {
            var tokens = database.tokens().list().stream().filter(token -> isAll || token.revocation().isEmpty()).toList();
            invocation.out().println(json ? Json.of(Map.of("tokens", tokens.stream().map(lines::members).toList())) : lines.text(tokens));
        }
        return ExitCode.OK.number();
    }
}
