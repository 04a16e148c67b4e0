package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import java.net.SocketException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// No descriptor for a connection, or for the letter's body: the fault is ours alone.
final class ShortageTest {
    private final FailureCause cause = LostConnection.from(new SocketException("Too many open files")).reason();
    private final Outcome.TempFailed failure = new Outcome.TempFailed(Stage.CONNECT, cause);

    @Test
    void isNoAttempt() {
        var envelope = new Envelope(
                new ReversePath.Null(), List.of(Address.of("an@client.example")), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        var recipients = new OpenRecipients(envelope);
        recipients.settleAll(failure);
        assertThat(recipients.outcomes()).containsExactly(new Outcome.NotTried(cause));
        var breaker = new Breaker(Jitter.of(new Random(1)), new TestTime());
        assertThat(breaker.end(breaker.begin(), recipients.outcomes())).isEmpty();
        assertThat(breaker.condition()).isInstanceOf(Breaker.Condition.Up.class);
    }

    @Test
    void doesNotMeanThatTheUpstreamHasTooManyConnections() {
        assertThat(TooManyConnections.isSaidBy(failure)).isFalse();
    }

    @Test
    void isToldAsWhatItIs() {
        assertThat(cause).isEqualTo(new FailureCause.Shortage("Too many open files"));
        assertThat(LostConnection.cause("cannot read the letter: ", new SocketException("reset")))
                .isEqualTo(new FailureCause.Trouble("cannot read the letter: reset"));
    }
}
