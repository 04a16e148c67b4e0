package facteur.mail.returnpath;

import facteur.mail.letter.QueueId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;

/// The local part of a return address: the letter of its kind, a hyphen, and 34 characters of Crockford's base 32: the queue
/// id (16), the number of the key (2), and the first 80 bits of an HMAC-SHA-256 over kind, id and number (16). It has 36 octets,
/// of the 64 that a local part may have (RFC 5321 §4.5.3.1.1), and is read without regard to case, since hosts change that.
final class ReturnToken {
    /// In octets.
    static final int LENGTH = 36;

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int ID_AT = 2;
    private static final int NUMBER_AT = 18;
    private static final int HASH_AT = 20;
    private static final int HASH_BYTES = 10;

    private ReturnToken() {}

    static String of(ReturnKind kind, QueueId letter, ReturnKey key) {
        var said = kind.letter() + "-" + letter.text() + number(key.number());
        return said + hash(said, key);
    }

    static boolean isShaped(ReturnKind kind, String localPart) {
        return localPart.length() == LENGTH
                && localPart.charAt(1) == '-'
                && Character.toLowerCase(localPart.charAt(0)) == kind.letter()
                && localPart.chars().skip(ID_AT).allMatch(character -> ALPHABET.indexOf(Character.toLowerCase(character)) >= 0);
    }

    /// What it says, if one of the keys has made it. Takes as long for a wrong hash as for a right one, and looks nothing up.
    static Optional<ReturnAddress> read(String localPart, ReturnKeys keys) {
        if (localPart.length() != LENGTH || localPart.charAt(1) != '-') {
            return Optional.empty();
        }
        var text = localPart.toLowerCase(Locale.ROOT);
        var kind = ReturnKind.of(text.charAt(0));
        var letter = QueueId.parse(text.substring(ID_AT, NUMBER_AT));
        var high = ALPHABET.indexOf(text.charAt(NUMBER_AT));
        var low = ALPHABET.indexOf(text.charAt(NUMBER_AT + 1));
        if (kind.isEmpty() || letter.isEmpty() || high < 0 || low < 0) {
            return Optional.empty();
        }
        return keys.byNumber(high * ALPHABET.length() + low)
                .filter(key -> isSame(hash(text.substring(0, HASH_AT), key), text.substring(HASH_AT)))
                .map(_ -> new ReturnAddress(kind.get(), letter.get()));
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String number(int number) {
        return "" + ALPHABET.charAt(number / ALPHABET.length()) + ALPHABET.charAt(number % ALPHABET.length());
    }

    private static String hash(String said, ReturnKey key) {
        var hash = key.hash(said.getBytes(StandardCharsets.US_ASCII));
        var text = new StringBuilder(2 * HASH_BYTES);
        var bits = 0;
        var count = 0;
        for (var i = 0; i < HASH_BYTES; i++) {
            bits = bits << Byte.SIZE | hash[i] & 0xFF;
            for (count += Byte.SIZE; count >= 5; count -= 5) {
                text.append(ALPHABET.charAt(bits >>> count - 5 & 31));
            }
        }
        return text.toString();
    }
}
