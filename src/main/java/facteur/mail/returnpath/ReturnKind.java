package facteur.mail.returnpath;

import java.util.Optional;
import java.util.stream.Stream;

/// What a return address is for. Bounces and replies have addresses of their own, so that neither is taken for the other.
public enum ReturnKind {
    /// The reverse-path of a letter: reports and automatic answers come there.
    BOUNCE('b'),
    /// The Reply-To of a letter: people answer there.
    REPLY('r');

    private final char letter;

    ReturnKind(char letter) {
        this.letter = letter;
    }

    /// The first character of the local part.
    char letter() {
        return letter;
    }

    static Optional<ReturnKind> of(char letter) {
        return Stream.of(values()).filter(kind -> kind.letter == Character.toLowerCase(letter)).findFirst();
    }
}
