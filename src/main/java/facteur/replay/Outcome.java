package facteur.replay;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Reply;
import facteur.policy.Decision;
import facteur.policy.Rule;
import java.util.List;

/// What a letter would get. Names are left out: a change is one of addresses.
public sealed interface Outcome {
    /// @param replyTo in the order in which they would be written
    record Written(Address from, Rule fromRule, List<Address> replyTo, Rule replyToRule) implements Outcome {
        public Written {
            replyTo = List.copyOf(replyTo);
        }

        /// Whether clients see the same address, and their replies go to the same ones, by whichever rules.
        @Override
        public boolean isSame(Outcome other) {
            return other instanceof Written written
                    && from.isSameMailbox(written.from)
                    && isPartOf(replyTo, written.replyTo)
                    && isPartOf(written.replyTo, replyTo);
        }

        private static boolean isPartOf(List<Address> some, List<Address> all) {
            return some.stream().allMatch(one -> all.stream().anyMatch(one::isSameMailbox));
        }
    }

    /// The app would be refused the letter for good.
    record Refused(Reply reply) implements Outcome {
        @Override
        public boolean isSame(Outcome other) {
            return other instanceof Refused;
        }
    }

    boolean isSame(Outcome other);

    static Outcome of(Decision decision) {
        return switch (decision) {
            case Decision.Refuse(var reply) -> new Refused(reply);
            case Decision.Rewrite(var from, var fromRule, var replyTo, var replyToRule, _) ->
                new Written(from.address(), fromRule, replyTo.stream().map(Mailbox::address).toList(), replyToRule);
        };
    }
}
