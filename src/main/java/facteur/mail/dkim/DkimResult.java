package facteur.mail.dkim;

import java.util.Optional;

/// What is said of one DKIM-Signature.
///
/// @param signature empty when it can't be read
public record DkimResult(Optional<SignatureField> signature, Verdict verdict) {}
