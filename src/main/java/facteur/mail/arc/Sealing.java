package facteur.mail.arc;

import facteur.mail.message.Message;

/// Whether a set was added.
public sealed interface Sealing {
    /// @param message the letter with it on top
    /// @param status how the chain stood before, as the seal says
    record Sealed(Message message, ChainStatus status) implements Sealing {}

    /// Nothing was added, and nothing is wrong with that.
    record Left(String reason) implements Sealing {}

    /// It is no letter to vouch for.
    record Unfit(String reason) implements Sealing {}

    /// There is no key to seal with.
    record NoKey() implements Sealing {}
}
