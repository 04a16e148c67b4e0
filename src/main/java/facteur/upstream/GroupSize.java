package facteur.upstream;

import java.util.OptionalInt;

/// How many recipients of one letter go in a transaction. When the peer says of one that it is too many, fewer go in the next
/// one. That it was the number and not the recipient shows when the same recipient is taken there: then the upstream's
/// limit is known; else all is as before. One thread.
final class GroupSize {
    private final RecipientLimit limit;
    private int most;
    private int before;
    private OptionalInt suspect = OptionalInt.empty();

    /// Whether any recipient has got an outcome since it is suspected that they are too many.
    private boolean isGoingOn;

    private int open = Integer.MAX_VALUE;

    GroupSize(RecipientLimit limit) {
        this.limit = limit;
        this.most = limit.most();
        this.before = most;
    }

    int most() {
        return most;
    }

    /// @param recipient that was too many
    /// @param number of those that weren't
    void suspect(int recipient, int number) {
        if (suspect.isEmpty()) {
            before = most;
            isGoingOn = false;
        }
        suspect = OptionalInt.of(recipient);
        most = Math.clamp(number, 1, most);
    }

    /// The connection had no room for more, and not the transaction. Where nothing has come of the smaller
    /// number yet, it stays small: larger ones must not come round for ever.
    void acquit() {
        suspect = OptionalInt.empty();
        if (isGoingOn) {
            most = before;
        }
    }

    /// Looks at what a transaction came to.
    void judge(OpenRecipients recipients) {
        var stillOpen = recipients.number();
        isGoingOn |= stillOpen < open;
        open = stillOpen;
        if (suspect.isPresent()) {
            recipients.outcome(suspect.getAsInt()).ifPresent(this::judgeSuspect);
        }
    }

    private void judgeSuspect(Outcome outcome) {
        suspect = OptionalInt.empty();
        if (outcome instanceof Outcome.Relayed) {
            limit.learn(most);
        } else {
            most = before;
        }
    }
}
