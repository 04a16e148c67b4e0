package facteur.mail.dkim;

/// What a verifier says of a signature (RFC 8601 §2.7.1).
///
/// @param reason in words of our own; empty for one that holds
public record Verdict(Outcome outcome, String reason) {
    public enum Outcome {
        PASS,
        /// It isn't the signature of this letter.
        FAIL,
        /// It holds, but leaves part of the letter unsigned.
        POLICY,
        /// It can't be read, or isn't of a kind that is verified here.
        NEUTRAL,
        /// DNS didn't answer.
        TEMPERROR,
        /// There is no such key, or it isn't for this.
        PERMERROR
    }

    static final Verdict PASS = new Verdict(Outcome.PASS, "");

    public boolean isPass() {
        return outcome == Outcome.PASS;
    }
}
