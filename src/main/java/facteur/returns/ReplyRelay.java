package facteur.returns;

import facteur.delivery.Queues;
import facteur.intake.IntakeRules;
import facteur.intake.RulesInForce;
import facteur.intake.SubmissionResult;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.message.MessageId;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import facteur.rewrite.PassedOn;
import facteur.rewrite.ReceivedClient;
import facteur.rewrite.ReceivedTrace;
import facteur.spool.SpoolException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Passes on what came to a return address, as a new letter: header and body octet for octet, so that signatures hold, our
/// Received on top, sealed if that is wanted, and with a return address of its own, so that its own failures come back here and never go to the sender. For
/// the office's own filing, fields say which client and context the answered letter was about; such fields of the sender's are
/// removed.
///
/// Thread-safe; blocks for the disk.
public final class ReplyRelay {
    /// One that comes by more often is in a loop.
    static final int MOST_PASSES = 5;

    static final Reply LOOP = Reply.of(554, 4, 6, "Too many hops: mail loop detected");

    private static final String CONTEXT = "X-Context";
    private static final String RELATION = "X-Relation-Id";

    /// What is passed on, and why.
    ///
    /// @param answered the letter whose return address it came to; empty for mail to our postmaster
    /// @param provenance office, context, relation and rule of the answered letter
    /// @param recipients at least one
    /// @param failures who gets our report when an upstream refuses it; empty: it comes to the letter's own return address
    public record Order(
            ArrivedReturn arrived,
            Optional<QueueId> answered,
            Provenance provenance,
            List<Mailbox> recipients,
            Optional<Address> failures) {
        public Order {
            recipients = List.copyOf(recipients);
        }
    }

    private final RulesInForce rulesInForce;
    private final Queues queues;
    private final QueueIds queueIds;
    private final ReplySeal seal;
    private final Journal journal;
    private final InstantSource time;

    public ReplyRelay(
            RulesInForce rulesInForce, Queues queues, QueueIds queueIds, ReplySeal seal, Journal journal, InstantSource time) {
        this.rulesInForce = rulesInForce;
        this.queues = queues;
        this.queueIds = queueIds;
        this.seal = seal;
        this.journal = journal;
        this.time = time;
    }

    /// @return queued when it is on disk; refused: nothing is stored, and the arrived letter is still the caller's
    public SubmissionResult relay(Order order) {
        return rulesInForce.lend(rules -> relay(order, rules));
    }

    private SubmissionResult relay(Order order, IntakeRules rules) {
        var header = order.arrived().message().header();
        if (header.all("Received").size() > rules.receivedFields()
                || ReceivedTrace.count(header, rules.hostname()) >= MOST_PASSES) {
            return new SubmissionResult.Refused(LOOP);
        }
        try {
            var id = queueIds.next();
            var now = time.instant();
            var sealed = seal.seal(order.arrived(), passedOn(order, trace(order, rules, id, now)), rules.hostname());
            var letter = letter(order, rules, id, now, sealed.message());
            var stored = queues.storeForOurselves(letter);
            journal.record(accepted(letter, order, sealed.status()), letter.persons());
            sealed.trouble().ifPresent(why -> journal.record(
                    new MailEvent.Warned(id.text(), order.provenance().office().text(), "not sealed: " + why), letter.persons()));
            var _ = stored.deliver();
            return new SubmissionResult.Queued(letter.id());
        } catch (SpoolException e) {
            return notStored(e);
        }
    }

    private static Letter letter(Order order, IntakeRules rules, QueueId id, Instant now, Message message) {
        var reversePath = reversePath(order.arrived().envelope().reversePath(), id, rules);
        return new Letter(id, now, order.provenance(), envelope(order, reversePath, message), failures(order, reversePath), message);
    }

    /// The peer is a host of the public network, not one of the operator's apps: it is shown in full.
    private static ReceivedTrace trace(Order order, IntakeRules rules, QueueId id, Instant now) {
        var arrived = order.arrived();
        return new ReceivedTrace(
                arrived.helo(), arrived.peer(), arrived.protocol(), arrived.tls(), rules.hostname(), id.text(), now, ReceivedClient.FULL);
    }

    private static Message passedOn(Order order, ReceivedTrace trace) {
        var message = order.arrived().message();
        if (order.answered().isEmpty()) {
            return PassedOn.of(message, trace, List.of(), List.of());
        }
        var added = new ArrayList<HeaderField>();
        if (!order.provenance().relation().isEmpty()) {
            added.add(HeaderField.ofText(RELATION, order.provenance().relation().text()));
        }
        if (!order.provenance().context().isEmpty()) {
            added.add(HeaderField.ofText(CONTEXT, order.provenance().context().text()));
        }
        return PassedOn.of(message, trace, List.of(RELATION, CONTEXT), added);
    }

    /// An automatic answer that is answered by another would go on for ever: `<>` stays `<>`.
    private static ReversePath reversePath(ReversePath arrived, QueueId id, IntakeRules rules) {
        return switch (arrived) {
            case ReversePath.Null() -> arrived;
            case ReversePath.Path _ -> rules.returns()
                    .flatMap(addresses -> addresses.of(ReturnKind.BOUNCE, id))
                    .map(ReversePath::of)
                    .orElse(ReversePath.NULL);
        };
    }

    private static ReversePath failures(Order order, ReversePath reversePath) {
        return switch (reversePath) {
            case ReversePath.Null() -> reversePath;
            case ReversePath.Path _ -> order.failures().map(ReversePath::of).orElse(reversePath);
        };
    }

    /// The sender's wishes for reports end here: they were for a mailbox that it doesn't know.
    private static Envelope envelope(Order order, ReversePath reversePath, Message message) {
        var recipients = order.recipients().stream().map(mailbox -> ForwardPath.of(mailbox.address())).toList();
        var envelope = new Envelope(reversePath, recipients, order.arrived().envelope().body(), HeaderEncoding.ASCII, DsnRequest.NONE);
        var isWide = envelope.hasWideAddress() || !message.header().isAscii();
        return envelope.holding(envelope.body(), isWide ? HeaderEncoding.UTF8 : HeaderEncoding.ASCII);
    }

    private static MailEvent accepted(Letter letter, Order order, String seal) {
        var provenance = letter.provenance();
        return new MailEvent.ReplyAccepted(
                letter.id().text(),
                order.answered().map(QueueId::text).orElse(""),
                provenance.office().text(),
                provenance.context().text(),
                provenance.relation().text(),
                provenance.decision().replyTo().text(),
                order.arrived().envelope().reversePath().toString(),
                order.recipients().stream().map(mailbox -> mailbox.address().toString()).toList(),
                letter.message().sizeBytes(),
                order.arrived().peer().getHostAddress(),
                order.arrived().protocol(),
                letter.message().header().first("Message-ID").map(field -> MessageId.of(field.value())).orElse(""),
                seal);
    }

    private SubmissionResult notStored(SpoolException failure) {
        return new SubmissionResult.Refused(switch (failure.remedy()) {
            case STORAGE -> {
                journal.record(new MailEvent.SpoolTrouble(failure.report()));
                yield Reply.of(452, 3, 1, "Not enough storage, try again later");
            }
            case PATIENCE -> Reply.of(451, 3, 0, "Spool not available, try again later");
        });
    }
}
