package facteur.spool;

import facteur.message.Header;
import facteur.smtp.ForwardPath;
import java.util.List;

/// What a letter's route is chosen by. Immutable.
///
/// @param header as it will leave
/// @param recipients those whom it is still to be relayed for
public record Addressed(Provenance provenance, Header header, List<ForwardPath> recipients) {
    /// Of a letter that can't be read.
    static final Addressed NOTHING =
            new Addressed(new Provenance("", "", "", "", "", "", "", ""), Header.parse(new byte[0]), List.of());

    public static Addressed of(Letter letter) {
        return new Addressed(letter.provenance(), letter.message().header(), letter.envelope().recipients());
    }
}
