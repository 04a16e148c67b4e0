package facteur.upstream;

import facteur.mail.message.Message;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import java.util.List;

/// One letter over one connection: in one transaction, or in several when the upstream takes fewer recipients in one than the
/// letter has (RFC 5321 §4.5.3.1.10). Who is open afterwards has a right to another connection.
///
/// One thread; used once.
final class Transactions {
    private final RelayTransport transport;
    private final Envelope envelope;
    private final RequiredExtensions needs;
    private final OpenRecipients recipients;
    private final GroupSize group;
    private Message message;

    Transactions(
            RelayTransport transport,
            Envelope envelope,
            OutgoingLetter letter,
            OpenRecipients recipients,
            GroupSize group) {
        this.transport = transport;
        this.envelope = envelope;
        this.message = letter.message();
        this.needs = new RequiredExtensions(envelope, letter, transport.extensions());
        this.recipients = recipients;
        this.group = group;
    }

    /// @param most letters that the connection may carry
    /// @param progress is told of what came of a transaction that others follow
    Transaction.Ending run(int most, Upstream.Progress progress) {
        settleUnfit();
        var ending = Transaction.Ending.IN_ORDER;
        while (recipients.remain() && ending == Transaction.Ending.IN_ORDER && transport.letters() < most) {
            var asked = recipients.first(group.most());
            ending = run(asked, progress);
            group.judge(recipients);
            stopAfter(asked, ending);
            if (recipients.remain() && relayed(asked)) {
                progress.settled(recipients.outcomes(new Outcome.NotTried(new FailureCause.Trouble("its turn is to come"))));
            }
        }
        return ending;
    }

    private Transaction.Ending run(List<Integer> asked, Upstream.Progress progress) {
        var commands = new EnvelopeCommands(envelope, message.sizeBytes(), needs, transport.extensions());
        return new Transaction(transport, commands, message, recipients, asked, group, progress::isOurs).run();
    }

    /// What the upstream can't carry, and we don't change.
    private void settleUnfit() {
        switch (needs.fitted()) {
            case RequiredExtensions.Fitted.Fit(var fit) -> message = fit;
            case RequiredExtensions.Fitted.Unfit(var outcome) -> recipients.settleAll(outcome);
        }
        for (var recipient = 0; recipient < envelope.recipients().size(); recipient++) {
            var refusal = needs.refusal(path(recipient));
            if (refusal.isPresent()) {
                recipients.settle(recipient, new Outcome.PermFailed(Stage.RCPT, refusal.get()));
            }
        }
    }

    private ForwardPath path(int recipient) {
        return envelope.recipients().get(recipient);
    }

    /// The others don't follow where the upstream is in trouble, or broke the connection under the letter.
    private void stopAfter(List<Integer> asked, Transaction.Ending ending) {
        var isBroken = ending == Transaction.Ending.BROKEN && !relayed(asked);
        for (var recipient : asked) {
            var outcome = recipients.outcome(recipient);
            if (outcome.isPresent() && (isBroken || isAboutUpstream(outcome.get()))) {
                recipients.settleAll(new Outcome.NotTried(Outcome.cause(outcome.get())));
                return;
            }
        }
    }

    private static boolean isAboutUpstream(Outcome outcome) {
        return outcome instanceof Outcome.TempFailed failure && failure.scope() == FailureScope.UPSTREAM;
    }

    private boolean relayed(List<Integer> asked) {
        for (var recipient : asked) {
            if (recipients.outcome(recipient).orElse(null) instanceof Outcome.Relayed) {
                return true;
            }
        }
        return false;
    }
}
