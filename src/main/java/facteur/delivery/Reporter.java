package facteur.delivery;

import facteur.journal.MailEvent;
import facteur.mail.bounce.Dsn;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.Letter;
import facteur.mail.letter.QueueIds;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides who gets a delivery status notification (DSN), and composes it. Thread-safe.
public final class Reporter {
    private final DsnWriter dsnWriter;
    private final Signer signer;
    private final QueueIds queueIds;
    private final ReversePath reversePath;

    /// @param reversePath of reports: the null one, unless the smarthost refuses that
    public Reporter(DsnWriter dsnWriter, Signer signer, QueueIds queueIds, ReversePath reversePath) {
        this.dsnWriter = dsnWriter;
        this.signer = signer;
        this.queueIds = queueIds;
        this.reversePath = reversePath;
    }

    /// One report for all recipients of an attempt that there is something to report on.
    ///
    /// @param ended those that this attempt was the last for, or that are late
    /// @param expiresAt until when the letter is tried
    /// @param events gets what the journal is to say of it
    Optional<Letter> report(
            Letter letter, List<Dsn.ReportedRecipient> ended, Instant expiresAt, Instant now, List<MailEvent> events) {
        return switch (letter.originalReversePath()) {
            case ReversePath.Null() -> {
                // Never a report on a report (RFC 5321 §6.1).
                DsnWriter.reportedOn(letter.message().header())
                        .ifPresentOrElse(on -> lose(on, letter, ended, events), () -> drop(letter, ended, events));
                yield Optional.empty();
            }
            case ReversePath.Path(var to) -> {
                var wanted = new ArrayList<Dsn.ReportedRecipient>();
                var unwanted = new ArrayList<Dsn.ReportedRecipient>();
                for (var recipient : ended) {
                    (recipient.isWanted() ? wanted : unwanted).add(recipient);
                }
                drop(letter, unwanted, events);
                yield wanted.isEmpty() ? Optional.empty() : Optional.of(report(letter, to, wanted, expiresAt, now, events));
            }
        };
    }

    /// A failure is never silent, even if no one gets a report.
    private static void drop(Letter letter, List<Dsn.ReportedRecipient> unwanted, List<MailEvent> events) {
        var failed = failed(unwanted);
        if (!failed.isEmpty()) {
            events.add(new MailEvent.Dropped(letter.id().text(), addresses(failed)));
        }
    }

    /// A report of ours that fails: only the operator can let its reader know.
    private static void lose(String on, Letter report, List<Dsn.ReportedRecipient> ended, List<MailEvent> events) {
        var failed = failed(ended);
        if (!failed.isEmpty()) {
            events.add(new MailEvent.ReportFailed(on, report.id().text(), addresses(failed), failed.getFirst().diagnostic()));
        }
    }

    private static List<Dsn.ReportedRecipient> failed(List<Dsn.ReportedRecipient> ended) {
        var failed = new ArrayList<Dsn.ReportedRecipient>();
        for (var recipient : ended) {
            if (recipient.action() == Dsn.Action.FAILED) {
                failed.add(recipient);
            }
        }
        return failed;
    }

    private static List<String> addresses(List<Dsn.ReportedRecipient> recipients) {
        return recipients.stream().map(recipient -> recipient.path().address().toString()).toList();
    }

    private Letter report(
            Letter letter,
            Address to,
            List<Dsn.ReportedRecipient> wanted,
            Instant expiresAt,
            Instant now,
            List<MailEvent> events) {
        var id = queueIds.next();
        var returnPath = letter.originalReversePath().toString();
        var dsn = new Dsn(
                letter.id().text(), letter.acceptedAt(), expiresAt, to, letter.message(), letter.envelope().dsn(), wanted);
        events.add(switch (dsn.gravest()) {
            case FAILED -> new MailEvent.Bounced(letter.id().text(), id.text(), returnPath);
            case DELAYED -> new MailEvent.DelayReported(letter.id().text(), id.text(), returnPath);
            case RELAYED, DELIVERED -> new MailEvent.Confirmed(letter.id().text(), id.text(), returnPath);
        });
        var encoding = to.isAsciiCapable() ? HeaderEncoding.ASCII : HeaderEncoding.UTF8;
        var envelope = new Envelope(reversePath, List.of(to), BodyType.SEVEN_BIT, encoding);
        var message = signer.sign(dsnWriter.write(dsn, id.text(), now), dsnWriter.from());
        // Its reverse-path makes no difference: no report on it is ever sent (RFC 5321 §6.1).
        return new Letter(id, now, letter.provenance(), envelope, ReversePath.NULL, message);
    }
}
