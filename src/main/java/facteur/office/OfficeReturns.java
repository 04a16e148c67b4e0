package facteur.office;

import facteur.mail.automatic.Language;
import java.util.Optional;

/// What an office wants done with what comes back; empty = as the configuration says.
///
/// @param language of notices
public record OfficeReturns(
        Optional<BounceReaders> tell, Optional<KnownBad> knownBad, Optional<AutoReplies> autoReplies, Optional<Language> language) {
    public static final OfficeReturns STANDARD =
            new OfficeReturns(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
