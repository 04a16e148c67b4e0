package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.smtp.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TooManyConnectionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GREETING    | 421 4.7.0 Error: too many connections from 192.0.2.1",
        "GREETING    | 421 Too many concurrent SMTP connections",
        "GREETING    | 450 4.3.2 Service currently unavailable",
        "EHLO        | 421 4.3.2 busy",
        "AUTH        | 454 4.7.0 Too many login attempts",
        "MAIL        | 421 4.4.5 Server busy, try again later",
        "MAIL        | 454 Throttling failure: Maximum sending rate exceeded.",
        "MAIL        | 452 4.3.1 Insufficient system storage",
        "RCPT        | 421 4.7.0 Try again later, closing connection",
        "RCPT        | 451 4.3.2 Please try again later",
        "DATA        | 421 4.7.0 Temporary System Problem",
        "END_OF_DATA | 432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded",
        "END_OF_DATA | 432 4.3.2 Concurrent connections limit exceeded",
        "END_OF_DATA | 454 Throttling failure: Maximum sending rate exceeded."
    })
    void isSaidByTheseReplies(Stage stage, String reply) {
        assertThat(TooManyConnections.isSaidBy(failed(stage, reply))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "GREETING    | 554 5.7.1 blocked",
        "TLS         | 502 5.5.1 not here",
        "AUTH        | 535 5.7.8 bad login",
        "MAIL        | 451 4.7.1 greylisted",
        "MAIL        | 550 5.7.1 no",
        "RCPT        | 452 4.5.3 too many recipients",
        "RCPT        | 452 too many recipients",
        "RCPT        | 450 4.2.1 receiving mail too quickly",
        "RCPT        | 450 4.7.1 greylisted",
        "END_OF_DATA | 451 4.7.1 not now",
        "END_OF_DATA | 552 5.3.4 too big",
        "END_OF_DATA | 550 5.3.2 no"
    })
    void isNotSaidByOthers(Stage stage, String reply) {
        assertThat(TooManyConnections.isSaidBy(failed(stage, reply))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT, true", "GREETING, true", "EHLO, true", "TLS, false", "AUTH, false", "MAIL, false", "RCPT, false",
        "DATA, false", "END_OF_DATA, false"
    })
    void maybeSaidWithoutWordsBeforeTheLetter(Stage stage, boolean isSaid) {
        assertThat(TooManyConnections.isSaidBy(new Outcome.TempFailed(stage, new FailureCause.Trouble("Connection refused")))).isEqualTo(isSaid);
    }

    @Test
    void isSaidOfAllRecipientsOrNone() {
        var busy = failed(Stage.END_OF_DATA, "432 4.3.2 busy");
        var unknown = new Outcome.PermFailed(Stage.RCPT, Reply.of(550, 1, 1, "unknown"));
        assertThat(TooManyConnections.isSaidBy(List.of(busy, busy))).isTrue();
        assertThat(TooManyConnections.isSaidBy(List.of(busy, unknown))).isFalse();
    }

    private static Outcome.TempFailed failed(Stage stage, String reply) {
        return new Outcome.TempFailed(stage, new FailureCause.Answer(Reply.parse(reply).orElseThrow()));
    }
}
