package facteur.cli;

import facteur.login.PasswordHash;
import facteur.login.Pbkdf2;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facteur password`.
@Command(
        name = "password",
        mixinStandardHelpOptions = true,
        description = "Makes the hash of a password, for `password` of an app. Asks for the password twice; when standard "
                + "input is no terminal, reads one line. Prints nothing but the hash.")
final class Password implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            var hash = PasswordHash.of(password(), new Pbkdf2(), new SecureRandom());
            spec.commandLine().getOut().println(hash.text());
            return ExitCode.OK.number();
        } catch (IOException | IllegalArgumentException problem) {
            spec.commandLine().getErr().println("facteur: " + Reason.of(problem));
            return ExitCode.DATA.number();
        }
    }

    private String password() throws IOException {
        if (!SecretPrompt.hide()) {
            return SecretPrompt.line(System.in);
        }
        var err = spec.commandLine().getErr();
        var password = SecretPrompt.ask("Password: ", err);
        if (!SecretPrompt.ask("Again: ", err).equals(password)) {
            throw new IOException("the two differ");
        }
        return password;
    }
}
