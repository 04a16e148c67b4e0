package facteur.delivery;

import static facteur.delivery.Rig.JAN;
import static facteur.delivery.Rig.LATER;
import static facteur.delivery.Rig.NEVER;
import static facteur.delivery.Rig.REFUSED;
import static facteur.delivery.Rig.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.ReversePath;
import facteur.spool.QueueState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// When an app is told that its letter takes long.
final class DelayNoticeTest {
    private final Rig rig = new Rig();

    @BeforeEach
    void start() {
        rig.queues.start();
        rig.upstream.does(address -> address.localPart().equals("jan") ? TAKEN : LATER);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void comesOnceForAllWhoWait() throws Exception {
        rig.upstream.does(address -> switch (address.localPart()) {
            case "a", "b" -> LATER;
            case "gone" -> NEVER;
            default -> TAKEN;
        });
        accepted(JAN, to("a", Optional.empty()), to("b", Notify.parse("FAILURE,DELAY")), to("c", Optional.empty()));
        tryAgain(Duration.ofHours(4).minusMinutes(2), 4);
        assertThat(rig.journal.events(MailEvent.DelayReported.class)).isEmpty();

        tryAgain(Duration.ofMinutes(10), 6);
        var told = rig.journal.await(MailEvent.DelayReported.class, 1);
        assertThat(told).extracting(MailEvent.DelayReported::reversePath).containsExactly("<jan@dupont.example>");
        var report = Rig.text(rig.awaitReport());
        assertThat(report)
                .contains("Final-Recipient: rfc822; a@example.com\r\nAction: delayed\r\nStatus: 4.2.1\r\n"
                        + "Diagnostic-Code: smtp; 450 4.2.1 later\r\nWill-Retry-Until: Sat, 28 Nov 2026 08:00:00 +0000\r\n")
                .contains("Final-Recipient: rfc822; b@example.com")
                .doesNotContain("c@example.com");

        tryAgain(Duration.ofHours(5), 8);
        assertThat(rig.journal.events(MailEvent.DelayReported.class)).hasSize(1);
    }

    @Test
    void comesOnlyWhereItIsWanted() throws Exception {
        accepted(JAN, to("a", Notify.parse("NEVER")), to("b", Notify.parse("FAILURE")), to("c", Notify.parse("SUCCESS,FAILURE")));
        accepted(ReversePath.NULL, to("d", Optional.empty()));
        tryAgain(Duration.ofHours(5), 8);
        assertThat(rig.journal.events(MailEvent.DelayReported.class)).isEmpty();
        assertThat(rig.spool.letters()).hasSize(2);
    }

    @Test
    void isNotWrittenWhileTheUpstreamIsDown() throws Exception {
        rig.upstream.does(address -> REFUSED);
        accepted(JAN, to("a", Optional.empty()));
        var before = rig.upstream.letters().size();
        rig.pass(Duration.ofHours(5));
        Awaitility.await().until(() -> rig.upstream.letters().size() > before);
        assertThat(rig.spool.letters()).hasSize(1);
    }

    private void accepted(ReversePath reversePath, ForwardPath... recipients) throws Exception {
        var letter = rig.letter(reversePath, List.of(recipients));
        rig.accept(letter);
        rig.awaitState(letter, QueueState.Deferred.class);
    }

    private void tryAgain(Duration later, int deferrals) {
        rig.pass(later);
        rig.journal.await(MailEvent.Deferred.class, deferrals);
        // The state is written after the event.
        for (var letter : rig.spool.letters()) {
            Awaitility.await().until(() -> isAtRest(letter));
        }
    }

    private boolean isAtRest(Letter letter) {
        return !(rig.spool.state(letter.id()).orElseThrow() instanceof QueueState.Active);
    }

    private static ForwardPath to(String localPart, Optional<Notify> notify) {
        return new ForwardPath(Address.of(localPart + "@example.com"), notify, Optional.empty());
    }
}
