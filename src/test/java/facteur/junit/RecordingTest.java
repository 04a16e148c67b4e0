package facteur.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import facteur.journal.MailEvent;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RecordingTest {
    private final Recording recording = new Recording(Duration.ofMillis(1));

    @Test
    void saysWhatCameInsteadAndWhatWentWrongLast() {
        recording.record(accepted("one"));
        recording.record(letter("one"));
        recording.record(accepted("two"));
        recording.record(new MailEvent.Deferred("two", "dupont", "b@example.com", "smarthost", "connect", "refused", 1, Instant.EPOCH));
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> recording.awaitLetters(2)).withMessage("""
                waited 0.001 s in vain for 2 letters to leave; 2 accepted, 1 left
                  left: one to a@example.com "Hello"
                  last trouble: Deferred[id=two, office=dupont, recipient=b@example.com, upstream=smarthost, stage=connect, cause=refused, \
                attempts=1, dueAt=1970-01-01T00:00:00Z]""");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> recording.awaitEvents(MailEvent.Relayed.class, 1))
                .withMessageStartingWith("waited 0.001 s in vain for 1 events Relayed; ");
    }

    @Test
    void ignoresLettersFromBeforeItWasCleared() {
        recording.record(accepted("one"));
        recording.clear();
        recording.record(new MailEvent.Failed("one", "dupont", "a@example.com", "smarthost", "rcpt", "550 5.1.1 no"));
        recording.record(new MailEvent.Bounced("one", "report", "<jan@o.example>"));
        recording.record(letter("one"));
        recording.record(letter("report"));
        recording.record(accepted("two"));
        assertThat(recording.letters()).isEmpty();
        assertThat(recording.events()).containsExactly(accepted("two"));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void ignoresReportsOnLettersFromBeforeItWasCleared(MailEvent report) {
        recording.record(accepted("one"));
        recording.clear();
        recording.record(report);
        recording.record(letter("report"));
        assertThat(recording.letters()).isEmpty();
        recording.record(accepted("two"));
        assertThat(recording.events()).containsExactly(accepted("two"));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void ignoresReportsFromBeforeItWasCleared(MailEvent report) {
        recording.record(report);
        recording.clear();
        recording.record(letter("report"));
        assertThat(recording.letters()).isEmpty();
    }

    private static List<MailEvent> reports() {
        return List.of(
                new MailEvent.Bounced("one", "report", "<jan@o.example>"),
                new MailEvent.DelayReported("one", "report", "<jan@o.example>"),
                new MailEvent.Confirmed("one", "report", "<jan@o.example>"));
    }

    private static MailEvent accepted(String id) {
        return new MailEvent.Accepted(id, "app", "dupont", "", "", "", "from.shared", "general.company", "a@b.example", "", "<>", 1, 2L, "ESMTP",
                "<1@app.example>", List.of(), "");
    }

    private static Letter letter(String id) {
        var envelope = new Envelope(ReversePath.NULL, List.of(Address.of("a@example.com")), BodyType.SEVEN_BIT, HeaderEncoding.ASCII);
        return new Letter(id, envelope, new Message(new Header(List.of(HeaderField.of("Subject", "Hello"))), new MemoryBody(new byte[0])));
    }
}
