package facteur.mail.letter;

import facteur.mail.message.Header;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.ReversePath;
import java.util.List;

/// What a letter's route is chosen by. Immutable.
///
/// @param originalReversePath the app's own, even if the letter leaves under another
/// @param header as it will leave
/// @param recipients those that it is still to be relayed to
public record Addressed(
        Provenance provenance, ReversePath originalReversePath, Header header, List<ForwardPath> recipients) {
    /// Of a letter that can't be read.
    public static final Addressed NOTHING =
            new Addressed(Provenance.UNKNOWN, ReversePath.NULL, Header.parse(new byte[0]), List.of());

    /// Whether no report on it may be sent: a report or notice of ours, or an app's own such letter.
    public boolean isReport() {
        return switch (originalReversePath) {
            case ReversePath.Null() -> true;
            case ReversePath.Path ignored -> false;
        };
    }

    public static Addressed of(Letter letter) {
        return new Addressed(letter.provenance(), letter.originalReversePath(), letter.message().header(), letter.envelope().recipients());
    }
}
