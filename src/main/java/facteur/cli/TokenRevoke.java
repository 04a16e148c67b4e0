package facteur.cli;

import facteur.access.TokenText;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `facteur token revoke`.
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        description = "Revokes a token of the API for good: no node takes it from the next request on.")
final class TokenRevoke implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "TOKEN", description = "Its id or its name; or the token itself, if it was found somewhere.")
    private String token = "";

    TokenRevoke(Invocation invocation) {
        this.invocation = invocation;
    }

    /// Perhaps a token that was copied badly: half of one is too much on a screen.
    private static String shown(String wanted) {
        return wanted.startsWith("fct_") ? "fct_***" : wanted;
    }

    @Override
    public Integer call() throws CommandException, SQLException {
        var wanted = TokenText.parse(token).map(text -> text.id().text()).orElse(token);
        var installation = config.installation(invocation).asOwner();
        try (var database = installation.open(installation.place(), "token revoke " + wanted)) {
            var revoked = database.tokens().revoke(wanted, invocation.operator())
                    .orElseThrow(() -> CommandException.of(ExitCode.DATA, "no such token: " + shown(wanted)));
            database.recorder().changed();
            invocation.out().println(revoked.name() + "  " + revoked.id() + "  revoked");
        }
        return ExitCode.OK.number();
    }
}
