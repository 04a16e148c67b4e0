package facteur.intake;

import facteur.app.App;
import facteur.delivery.Queues;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.journal.Step;
import facteur.journal.Stopwatch;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.LateBound;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.Reply;
import facteur.mail.smtp.ReversePath;
import facteur.platform.failure.Reason;
import facteur.platform.log.LetterAddresses;
import facteur.policy.Decision;
import facteur.policy.Policy;
import facteur.policy.SendingContext;
import facteur.policy.Unclear;
import facteur.policy.Warnings;
import facteur.rewrite.LateReplyTo;
import facteur.rewrite.ReceivedTrace;
import facteur.rewrite.Rewriter;
import facteur.spool.LetterKey;
import facteur.spool.SpoolException;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Accepts letters from apps: reads what the app wants, has it decided, rewrites and signs the letter, and stores the
/// result. The reply is 250 only when the letter is on disk.
///
/// Thread-safe; blocks for the settings source and the disk.
public final class Intake {
    private final RulesInForce rulesInForce;
    private final Signer signer;
    private final Queues queues;
    private final DuplicateGuard duplicates;
    private final KnownBadRule knownBad;
    private final QueueIds queueIds;
    private final Journal journal;
    private final InstantSource time;

    public Intake(
            RulesInForce rulesInForce,
            Signer signer,
            Queues queues,
            QueueIds queueIds,
            KnownBadRule knownBad,
            Journal journal,
            InstantSource time) {
        this.rulesInForce = rulesInForce;
        this.signer = signer;
        this.queues = queues;
        this.duplicates = new DuplicateGuard(queues, time);
        this.queueIds = queueIds;
        this.knownBad = knownBad;
        this.journal = journal;
        this.time = time;
    }

    /// Accepts the letter, or says why not. A letter that is not accepted leaves nothing behind.
    public SubmissionResult accept(Submission submission) {
        var isQueued = false;
        var sinceData = Stopwatch.start();
        try {
            var result = rulesInForce.lend(rules -> decide(submission, rules));
            switch (result) {
                case SubmissionResult.Queued _ -> isQueued = true;
                case SubmissionResult.Duplicate _ -> {} // The journal has it.
                case SubmissionResult.Refused(var reply) -> {
                    var reversePath = submission.envelope().reversePath();
                    journal.record(refused(submission.app(), submission.peer(), reversePath, reply), persons(submission.envelope()));
                }
            }
            return result;
        } finally {
            journal.took(Step.ACCEPT, sinceData);
            if (!isQueued) {
                submission.message().body().discard();
            }
        }
    }

    /// Journals a refusal by the listener, before the letter reached the intake.
    ///
    /// @return the reply, as given
    public Reply refuse(App app, InetAddress peer, ReversePath reversePath, Reply reply) {
        journal.record(refused(app, peer, reversePath, reply));
        return reply;
    }

    private static MailEvent refused(App app, InetAddress peer, ReversePath reversePath, Reply reply) {
        return new MailEvent.Refused(app.name(), peer.getHostAddress(), reversePath.toString(), reply.toString());
    }

    /// In pass-through the reply is the upstream's, which may speak of any of them.
    private static LetterAddresses persons(Envelope envelope) {
        return new LetterAddresses(() -> envelope.recipients().stream().map(path -> path.address().toString()));
    }

    private SubmissionResult decide(Submission submission, IntakeRules rules) {
        var header = submission.message().header();
        if (header.all("Received").size() > rules.receivedFields()) {
            return refuse(554, 4, 6, "Too many hops: mail loop detected");
        }
        return switch (ControlFields.read(header)) {
            case Parsed.Bad<ControlFields>(var reply) -> new SubmissionResult.Refused(reply);
            case Parsed.Good<ControlFields>(var control) -> decide(submission, control, rules);
        };
    }

    private SubmissionResult decide(Submission submission, ControlFields control, IntakeRules rules) {
        var app = submission.app();
        var officeId = app.office(control.office());
        if (officeId.isEmpty()) {
            warn("", "", control.unclear());
            return notForApp(app, control.office());
        }
        var sinceAsked = Stopwatch.start();
        var result = rules.judge().judge(officeId.get(), control, submission.message().header(), submission.envelope().encoding());
        journal.took(Step.DECISION, sinceAsked);
        return switch (result) {
            case DecisionResult.NoOffice() -> notForApp(app, Optional.of(officeId.get().text()));
            case DecisionResult.Unavailable(_) -> refuse(451, 3, 0, "Settings not available, try again later");
            case DecisionResult.Unusable(_) -> refuse(451, 3, 5, "Settings are wrong, try again later");
            case DecisionResult.Decided(var letter, var decision, var unclear, _) -> switch (decision) {
                case Decision.Refuse(var reply) -> {
                    warn("", letter.office().id().text(), unclear);
                    yield new SubmissionResult.Refused(reply);
                }
                case Decision.Rewrite rewrite -> store(submission, control, letter, rewrite, unclear, rules);
            };
        };
    }

    private SubmissionResult store(
            Submission submission,
            ControlFields control,
            SendingContext context,
            Decision.Rewrite decision,
            List<Unclear> unclear,
            IntakeRules rules) {
        var id = queueIds.next();
        var now = time.instant();
        var envelope = submission.envelope();
        var trace = new ReceivedTrace(
                submission.helo(),
                submission.peer(),
                submission.protocol(),
                submission.tls(),
                rules.hostname(),
                id.text(),
                now,
                rules.receivedClient());
        var replyAddress = replyAddress(context, id, rules);
        List<MailEvent> badRecipients;
        try {
            var bad = knownBad.judge(context.office(), envelope, id.text());
            badRecipients = bad.events();
            var key = rules.duplicates().isPresent()
                    ? LetterKeys.of(submission, control, context.office().id(), rules.duplicates().get())
                    : Optional.<LetterKey>empty();
            // One that was taken is not refused when it comes again.
            if (bad.refusal().isPresent() && !(key.isPresent() && queues.isKnown(key.get(), now))) {
                badRecipients.forEach(journal::record);
                return new SubmissionResult.Refused(bad.refusal().get());
            }
            var signed = signer.sign(
                    Rewriter.rewrite(submission.message(), decision, replyTo(context, decision, replyAddress), trace),
                    decision.from().address().asciiDomain());
            var letter = new Letter(
                    id,
                    now,
                    provenance(submission, control, context, decision),
                    asNeeded(
                            bad.envelope().withReversePath(rules.reversePath(envelope.reversePath(), decision.from().address(), id)),
                            signed.message()),
                    envelope.reversePath(),
                    signed.message(),
                    replyAddress.map(_ -> new LateBound(decision.replyTo(), context.office().company())));
            var result = duplicates.store(() -> switch (context.office().sandbox()) {
                case OFF -> queues.store(letter, key, bad.leftOut());
                case ON -> queues.storeForSandbox(letter, key);
            });
            switch (result) {
                case DuplicateGuard.Result.Refused(var reply) -> {
                    return new SubmissionResult.Refused(reply);
                }
                case DuplicateGuard.Result.Duplicate(var first) -> {
                    journal.record(LetterEvents.duplicate(first, submission, control, context));
                    return new SubmissionResult.Duplicate(first);
                }
                case DuplicateGuard.Result.New(var stored) -> {
                    journal.record(LetterEvents.accepted(letter, submission.protocol(), decision, signed));
                    var refusal = stored.deliver();
                    if (refusal.isPresent()) {
                        return new SubmissionResult.Refused(refusal.get());
                    }
                }
            }
        } catch (IOException e) {
            return notStored("the body can't be read: " + Reason.of(e), SpoolException.Remedy.STORAGE);
        } catch (SpoolException e) {
            return notStored(e.report(), e.remedy());
        }
        decision.fallback().ifPresent(why -> journal.record(new MailEvent.FromFallback(id.text(), context.office().id().text(), why)));
        Warnings.unknownContext(context).forEach(warning -> journal.record(new MailEvent.Warned(id.text(), context.office().id().text(), warning)));
        warn(id.text(), context.office().id().text(), unclear);
        badRecipients.forEach(journal::record);
        return new SubmissionResult.Queued(id);
    }

    /// Empty when Reply-To holds the addresses of those who answer.
    private static Optional<Address> replyAddress(SendingContext context, QueueId id, IntakeRules rules) {
        return switch (Policy.repliesAsked(context.office(), context.context())) {
            case DIRECT -> Optional.empty();
            case LATE -> rules.replyAddress(id);
        };
    }

    private static List<Mailbox> replyTo(SendingContext context, Decision.Rewrite decision, Optional<Address> replyAddress) {
        return replyAddress.map(address -> List.of(LateReplyTo.of(decision.replyTo(), context.office().company(), address)))
                .orElse(decision.replyTo());
    }

    /// RFC 6531 §3.2: the app may say SMTPUTF8 whenever it is offered; we do when the letter can't do without.
    private static Envelope asNeeded(Envelope envelope, Message message) {
        var isNeeded = envelope.hasWideAddress()
                || envelope.encoding() == HeaderEncoding.UTF8 && !message.header().isAscii();
        return envelope.holding(envelope.body(), isNeeded ? HeaderEncoding.UTF8 : HeaderEncoding.ASCII);
    }

    /// @param id empty for a letter that isn't accepted
    private void warn(String id, String office, List<Unclear> unclear) {
        unclear.forEach(field -> journal.record(new MailEvent.Unclear(id, office, field.field(), field.why())));
    }

    private SubmissionResult notStored(String what, SpoolException.Remedy remedy) {
        return switch (remedy) {
            case STORAGE -> {
                journal.record(new MailEvent.SpoolTrouble(what));
                yield refuse(452, 3, 1, "Not enough storage, try again later");
            }
            case PATIENCE -> refuse(451, 3, 0, "Spool not available, try again later");
        };
    }

    private static Provenance provenance(
            Submission submission, ControlFields control, SendingContext context, Decision.Rewrite decision) {
        return new Provenance(
                new Provenance.App(submission.app().name()),
                new Provenance.Office(context.office().id().text()),
                control.context().map(name -> new Provenance.Context(name.text())).orElse(Provenance.Context.GENERAL),
                control.relation().map(id -> new Provenance.Relation(id.text())).orElse(Provenance.Relation.NONE),
                context.sender().map(sender -> new Provenance.Sender(sender.address().toString())).orElse(Provenance.Sender.UNKNOWN),
                new Provenance.Decision(
                        new Provenance.RuleId(decision.fromRule().id()),
                        new Provenance.RuleId(decision.replyToRule().id()),
                        context.office().version(),
                        context.card().version()),
                TraceContext.parent(submission.message().header()).map(Provenance.Trace::new).orElse(Provenance.Trace.NONE),
                Provenance.Kind.APP);
    }

    private static SubmissionResult notForApp(App app, Optional<String> office) {
        return refuse(550, 7, 1, office.isEmpty()
                ? "App " + app.name() + " must name its office in X-Office-Id"
                : "App " + app.name() + " may not send for office " + office.get());
    }

    private static SubmissionResult refuse(int code, int subject, int detail, String text) {
        return new SubmissionResult.Refused(Reply.of(code, subject, detail, text));
    }
}
