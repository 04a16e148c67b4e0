package facteur.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `facteur upstream wake`.
@Command(
        name = "wake",
        mixinStandardHelpOptions = true,
        description = "Makes the running relay retry an upstream that is down, without waiting: for when it is repaired.")
final class UpstreamWake implements Callable<Integer> {
    private final Invocation invocation;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "NAME", description = "The upstream.")
    private String name = "";

    UpstreamWake(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws CommandException {
        var answer = new AdminPort(config.installation(invocation), invocation)
                .post("/upstream/wake?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
        switch (answer.text("was", "")) {
            case "down" -> invocation.out().println(name + " is tried as soon as a letter is due: facteur queue flush makes all of them due");
            case "resting" -> throw CommandException.of(ExitCode.TEMPORARY, name + " has reached a rate limit, and is paused until "
                    + answer.text("restsUntil", "?") + ": rate limits are settings, and only a reload changes them");
            default -> invocation.out().println(name + " is up");
        }
        return ExitCode.OK.number();
    }
}
