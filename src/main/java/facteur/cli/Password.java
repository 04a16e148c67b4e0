package facteur.cli;

import facteur.login.PasswordHash;
import facteur.login.Pbkdf2;
import facteur.platform.failure.Reason;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `facteur password`.
@Command(
        name = "password",
        mixinStandardHelpOptions = true,
        description = "Prints the hash of a password, for `password` of an app. Asks for the password twice; if standard "
                + "input is no terminal, it reads one line.")
final class Password implements Callable<Integer> {
    private final Invocation invocation;

    Password(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        try {
            var hash = PasswordHash.of(password(), new Pbkdf2(), new SecureRandom());
            invocation.out().println(hash.text());
            return ExitCode.OK.number();
        } catch (IOException | IllegalArgumentException problem) {
            invocation.err().println("facteur: " + Reason.of(problem));
            return ExitCode.DATA.number();
        }
    }

    private String password() throws IOException {
        if (!SecretPrompt.hide(invocation)) {
            return SecretPrompt.line(invocation.in());
        }
        var password = SecretPrompt.ask("Password: ", invocation);
        if (!SecretPrompt.ask("Again: ", invocation).equals(password)) {
            throw new IOException("the passwords differ");
        }
        return password;
    }
}
