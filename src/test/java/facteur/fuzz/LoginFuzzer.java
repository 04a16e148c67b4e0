package facteur.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.login.Credentials;
import facteur.login.Mechanism;
import facteur.mail.smtp.Parsed;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Any answer to the challenges of AUTH: credentials that say the same when they are said again, or a reply that
/// repeats nothing of it. The input is the lines; what is decoded is tried on PLAIN too.
final class LoginFuzzer {
    @FuzzTest(maxDuration = "1m")
    void readsWhateverTheResponses(byte[] bytes) throws IOException {
        var lines = List.of(new String(bytes, ISO_8859_1).split("\r\n", -1));
        var encoded = List.of(Base64.getEncoder().encodeToString(bytes));
        for (var mechanism : Mechanism.values()) {
            for (var responses : List.of(lines, encoded)) {
                check(mechanism, Optional.empty(), responses);
                check(mechanism, Optional.of(responses.getFirst()), responses.subList(1, responses.size()));
            }
        }
    }

    private static void check(Mechanism mechanism, Optional<String> initial, List<String> lines) throws IOException {
        switch (converse(mechanism, initial, lines)) {
            case Parsed.Good<Credentials>(var credentials) -> {
                var password = credentials.password().reveal();
                assertThat(credentials.login()).isNotEmpty().doesNotContain("\0");
                assertThat(Normalizer.isNormalized(credentials.login(), Normalizer.Form.NFC)).isTrue();
                assertThat(password).isNotEmpty().doesNotContain("\0");
                assertThat(credentials.toString()).endsWith("password=***]");
                var again = new Parsed.Good<>(credentials);
                assertThat(converse(Mechanism.PLAIN, Optional.of(base64("\0" + credentials.login() + "\0" + password)), List.of()))
                        .isEqualTo(again);
                assertThat(converse(Mechanism.LOGIN, Optional.empty(), List.of(base64(credentials.login()), base64(password))))
                        .isEqualTo(again);
            }
            case Parsed.Bad<Credentials>(var reply) -> assertThat(reply.wire()).isIn(
                    "501 5.5.2 Login and password can't be read",
                    "501 5.5.2 Cannot decode the response: base64 of UTF-8 is wanted",
                    "501 5.7.0 Authentication cancelled",
                    "535 5.7.8 Authentication credentials invalid");
        }
    }

    private static Parsed<Credentials> converse(Mechanism mechanism, Optional<String> initial, List<String> lines)
            throws IOException {
        var left = new ArrayDeque<>(lines);
        // Who says nothing more breaks off.
        return mechanism.credentials(initial, _ -> new Parsed.Good<>(left.isEmpty() ? "*" : left.remove()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
