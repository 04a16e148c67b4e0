package facteur.mail.arc;

/// What a verifier says of a chain.
///
/// @param reason in words of our own; empty for one that holds
/// @param isTemporary whether it fails only because DNS doesn't answer
public record ChainVerdict(ChainStatus status, String reason, boolean isTemporary) {
    static ChainVerdict failed(String reason) {
        return new ChainVerdict(ChainStatus.FAIL, reason, false);
    }

    static ChainVerdict of(ChainStatus status) {
        return new ChainVerdict(status, "", false);
    }
}
