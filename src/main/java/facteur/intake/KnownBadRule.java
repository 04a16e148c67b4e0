package facteur.intake;

import facteur.journal.MailEvent;
import facteur.mail.bounce.Dsn;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.Reply;
import facteur.office.KnownBad;
import facteur.office.OfficeSettings;
import facteur.office.Sandbox;
import facteur.spool.BadAddress;
import facteur.spool.BadAddresses;
import facteur.spool.SpoolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides what becomes of a letter to addresses that are known not to work: it leaves, and the log says so; or these are left out,
/// and a letter to none but these is refused. Thread-safe; blocks for the database where the office has such addresses.
public final class KnownBadRule {
    private static final int NO_SUCH_MAILBOX = 550;

    /// Those of some addresses of an office's that don't work.
    @FunctionalInterface
    public interface Known {
        List<BadAddress> among(String office, List<Address> addresses) throws SpoolException;
    }

    private final Known known;
    private final Supplier<KnownBad> otherwise;

    /// @param otherwise where an office says nothing of its own
    public KnownBadRule(Known known, Supplier<KnownBad> otherwise) {
        this.known = known;
        this.otherwise = otherwise;
    }

    /// A recipient whose address doesn't work.
    private record Bad(ForwardPath path, BadAddress why) {
        MailEvent.KnownBad event(String id, String office, String action) {
            return new MailEvent.KnownBad(id, office, path.address().toString(), action, why.since(), why.status());
        }

        /// As an app and its people read it.
        String sentence() {
            return path.address() + " is known not to work since " + why.since() + ", last: " + why.diagnostic();
        }

        Dsn.ReportedRecipient reported() {
            return new Dsn.ReportedRecipient(path, Dsn.Action.FAILED, "5.1.1", reply(sentence()).toString());
        }
    }

    private static Reply reply(String text) {
        return Reply.of(NO_SUCH_MAILBOX, 1, 1, text);
    }

    /// What it comes to.
    ///
    /// @param envelope of those that the letter leaves for
    /// @param leftOut for the report to the app
    /// @param refusal of the whole letter
    record Verdict(
            Envelope envelope, List<Dsn.ReportedRecipient> leftOut, Optional<Reply> refusal, List<MailEvent> events) {
        Verdict {
            leftOut = List.copyOf(leftOut);
            events = List.copyOf(events);
        }
    }

    /// @param id that the letter gets, if it is accepted
    Verdict judge(OfficeSettings office, Envelope envelope, String id) throws SpoolException {
        var wish = office.sandbox() == Sandbox.ON ? KnownBad.IGNORE : office.returns().knownBad().orElseGet(otherwise);
        var bad = wish == KnownBad.IGNORE ? List.<Bad>of() : bad(office.id().text(), envelope.recipients());
        if (bad.isEmpty()) {
            return new Verdict(envelope, List.of(), Optional.empty(), List.of());
        }
        return switch (wish) {
            case IGNORE, WARN -> new Verdict(envelope, List.of(), Optional.empty(), events(bad, id, office, "warned"));
            case REFUSE -> bad.size() == envelope.recipients().size()
                    ? new Verdict(envelope, List.of(), Optional.of(reply(bad.getFirst().sentence())), events(bad, "", office, "refused"))
                    : new Verdict(
                            envelope.withRecipients(without(envelope.recipients(), bad)),
                            bad.stream().map(Bad::reported).toList(),
                            Optional.empty(),
                            events(bad, id, office, "left-out"));
        };
    }

    private List<Bad> bad(String office, List<ForwardPath> recipients) throws SpoolException {
        var found = known.among(office, recipients.stream().map(ForwardPath::address).toList());
        var bad = new ArrayList<Bad>();
        for (var path : recipients) {
            found.stream()
                    .filter(each -> BadAddresses.isOf(each, path.address()))
                    .findFirst()
                    .ifPresent(why -> bad.add(new Bad(path, why)));
        }
        return bad;
    }

    private static List<ForwardPath> without(List<ForwardPath> recipients, List<Bad> bad) {
        return recipients.stream().filter(path -> bad.stream().noneMatch(each -> each.path().equals(path))).toList();
    }

    private static List<MailEvent> events(List<Bad> bad, String id, OfficeSettings office, String action) {
        return bad.stream().<MailEvent>map(each -> each.event(id, office.id().text(), action)).toList();
    }
}
