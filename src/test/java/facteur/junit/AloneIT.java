package facteur.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import facteur.fixture.AppConnection;
import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.smtp.ReversePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The extension without an upstream: it keeps the letters itself.
final class AloneIT {
    private static final String LETTER = "From: jan@o.example\r\nSubject: =?utf-8?q?Cr=C3=A8me?=\r\n\r\n";

    @RegisterExtension
    static final FacteurExtension facteur = FacteurExtension.create()
            .office("first", Office.of("First <first@o.example>").from("me@verified.example", "Me"))
            .office("second", "company: Second <second@o.example>\n")
            .trusting("verified.example")
            .configured("limits: { body-in-memory: 1KB }")
            .time(new TestTime());

    private static int portBefore;

    @BeforeAll
    static void asksForThePort() {
        portBefore = facteur.port();
    }

    @Test
    void givesBackWhatLeft() throws Exception {
        var id = FacteurExtension.queueId(submit("X-Office-Id: first\r\n", "bodÿ\r\n", "a@example.com", "b@example.com"));

        var letter = facteur.awaitLetters(1).getFirst();
        assertThat(letter.queueId()).isEqualTo(id);
        assertThat(letter.recipients()).containsExactly("a@example.com", "b@example.com");
        assertThat(letter.envelope().reversePath()).isEqualTo(ReversePath.of("<inbox@shared.example>"));
        assertThat(letter.from()).isEqualTo("Me <me@verified.example>");
        assertThat(letter.replyTo()).isEqualTo("First <first@o.example>");
        assertThat(letter.subject()).isEqualTo("Crème");
        assertThat(letter.field("subject")).contains("=?utf-8?q?Cr=C3=A8me?=");
        assertThat(letter.field("X-Office-Id")).isEmpty();
        assertThat(letter.fields("Received")).singleElement().asString().contains(id);
        assertThat(letter.body()).isEqualTo("bodÿ\r\n");
        assertThat(new String(letter.octets(), StandardCharsets.UTF_8)).startsWith("Received: ").endsWith("\r\n\r\nbodÿ\r\n");
        assertThat(facteur.decision(id)).isEqualTo(new Decision(
                id, "local", "first", "", "", "jan@o.example", "from.office", "general.company", "me@verified.example", "first@o.example"));
        assertThat(facteur.awaitEvents(MailEvent.Relayed.class, 2)).hasSize(2);
    }

    @Test
    void givesBackALargeBodyThatLayInAFile() throws Exception {
        var body = ("x".repeat(70) + "\r\n").repeat(1000);
        submit("", body, "a@example.com");
        assertThat(facteur.awaitLetters(1).getFirst().body()).isEqualTo(body);
    }

    /// Twice: what the first test leaves would fail the second.
    @RepeatedTest(2)
    void forgetsBetweenTests() throws Exception {
        assertThat(facteur.letters()).isEmpty();
        assertThat(facteur.decisions()).isEmpty();
        assertThat(facteur.events()).isEmpty();
        submit("", "body\r\n", "a@example.com");
        assertThat(facteur.awaitLetters(1)).hasSize(1);
    }

    @RepeatedTest(2)
    void takesOtherSettingsForTheRestOfATest() throws Exception {
        assertThat(replyTo("X-Office-Id: second\r\n")).isEqualTo("Second <second@o.example>");
        assertThat(submit("X-Office-Id: third\r\n", "", "a@example.com")).startsWith("550 5.7.1");

        facteur.office("second", "company: Sicond <second@o.example>\n");
        assertThat(replyTo("X-Office-Id: second\r\n")).isEqualTo("Sicond <second@o.example>");
        facteur.office("second", Office.of("Second <second@o.example>").replyTo("sender"));
        assertThat(replyTo("X-Office-Id: second\r\n")).isEqualTo("jan@o.example");
        facteur.office("third", Office.of("Third <third@o.example>"));
        assertThat(replyTo("X-Office-Id: third\r\n")).isEqualTo("Third <third@o.example>");
    }

    @Test
    void keepsTheSettingsWhenTheNewOnesHaveAProblem() throws Exception {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> facteur.office("first", "company: First\nreply-too: sender\n"))
                .withMessageContaining("first.yaml:1: company: not a mailbox")
                .withMessageContaining("did you mean 'reply-to'?");
        assertThat(replyTo("")).isEqualTo("First <first@o.example>");
    }

    @Test
    void saysThatALetterWasNotTaken() throws Exception {
        var reply = submit("X-Office-Id: unknown\r\n", "", "a@example.com");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> FacteurExtension.queueId(reply))
                .withMessage("the letter was not accepted: 550 5.7.1 App local may not send for office unknown");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> facteur.decision("01m8468qb1dasymv"))
                .withMessageContaining("no letter was accepted as 01m8468qb1dasymv");
        assertThat(facteur.events()).singleElement().isInstanceOf(MailEvent.Refused.class);
    }

    @Test
    void refusesToChangeWhatCountsFromTheStartOnly() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> facteur.trusting("late.example"));
    }

    @Test
    void servesSeveralThreads() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 20; i++) {
                var _ = threads.submit(() -> facteur.decision(FacteurExtension.queueId(submit("", "body\r\n", "a@example.com"))));
            }
        }
        assertThat(facteur.awaitLetters(20)).hasSize(20);
        assertThat(facteur.decisions()).hasSize(20);
    }

    @Nested
    final class InANestedClass {
        @Test
        void itIsTheSameRelay() {
            assertThat(facteur.port()).isEqualTo(portBefore);
        }
    }

    private static String replyTo(String fields) throws IOException {
        submit(fields, "body\r\n", "a@example.com");
        return facteur.awaitLetters(facteur.decisions().size()).getLast().replyTo();
    }

    private static String submit(String fields, String body, String... recipients) throws IOException {
        try (var app = AppConnection.greeted(facteur.port())) {
            return app.submit("<jan@o.example>", List.of(recipients), (fields + LETTER + body).getBytes(StandardCharsets.UTF_8))
                    .toString();
        }
    }
}
