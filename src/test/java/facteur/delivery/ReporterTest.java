package facteur.delivery;

import static facteur.delivery.DeliverySamples.ID;
import static facteur.delivery.DeliverySamples.JAN;
import static facteur.delivery.DeliverySamples.to;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.bounce.Dsn;
import facteur.mail.letter.Letter;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.ReversePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReporterTest {
    private static final ForwardPath GONE = to("gone@example.com");
    private static final ForwardPath SILENT =
            new ForwardPath(Address.of("silent@example.com"), Optional.of(Notify.of("NEVER")), Optional.empty());

    private final TestTime time = new TestTime();
    private final Reporter reporter = DeliverySamples.reporter(time);
    private final List<MailEvent> events = new ArrayList<>();

    private Optional<Letter> report(Letter letter, Dsn.ReportedRecipient... ended) {
        return reporter.report(letter, List.of(ended), time.instant().plus(Duration.ofDays(5)), time.instant(), events);
    }

    private static Dsn.ReportedRecipient ended(ForwardPath path, Dsn.Action action) {
        return new Dsn.ReportedRecipient(path, action, "5.1.1", "550 5.1.1 no such user");
    }

    @Test
    void tellsTheReversePathOfTheApp() {
        var report = report(DeliverySamples.letter(JAN, GONE), ended(GONE, Dsn.Action.FAILED)).orElseThrow();
        assertThat(report.envelope().reversePath()).isEqualTo(ReversePath.NULL);
        assertThat(report.envelope().recipients()).containsExactly(to("jan@dupont.example"));
        assertThat(report.originalReversePath()).as("no report on a report").isEqualTo(ReversePath.NULL);
        assertThat(events).containsExactly(new MailEvent.Bounced(ID.text(), report.id().text(), "<jan@dupont.example>"));
    }

    @Test
    void namesTheGravestOfSeveral() {
        var letter = DeliverySamples.letter(JAN, GONE);
        assertThat(report(letter, ended(GONE, Dsn.Action.RELAYED), ended(GONE, Dsn.Action.DELAYED))).as("RELAYED isn't asked for").isPresent();
        assertThat(events).singleElement().isInstanceOf(MailEvent.DelayReported.class);
    }

    @Test
    void writesNothingWhenThereIsNothingToTell() {
        assertThat(report(DeliverySamples.letter(JAN, GONE))).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void journalsAFailureThatTheAppDoesNotWantToHearOf() {
        assertThat(report(DeliverySamples.letter(JAN, SILENT), ended(SILENT, Dsn.Action.FAILED))).isEmpty();
        assertThat(events).containsExactly(new MailEvent.Dropped(ID.text(), List.of("silent@example.com")));
    }

    @Test
    void journalsAFailureFromTheNullReversePath() {
        assertThat(report(DeliverySamples.letter(ReversePath.NULL, GONE), ended(GONE, Dsn.Action.FAILED))).isEmpty();
        assertThat(events).containsExactly(new MailEvent.Dropped(ID.text(), List.of("gone@example.com")));
    }

    @Test
    void journalsAReportOfOursThatFails() {
        var report = report(DeliverySamples.letter(JAN, GONE), ended(GONE, Dsn.Action.FAILED)).orElseThrow();
        events.clear();
        var jan = report.envelope().recipients().getFirst();
        assertThat(report(report, ended(jan, Dsn.Action.FAILED))).isEmpty();
        assertThat(events).containsExactly(new MailEvent.ReportFailed(
                ID.text(), report.id().text(), List.of("jan@dupont.example"), "550 5.1.1 no such user"));
    }
}
