package facteur.mail.mime;

import java.util.Optional;

/// The octets of one part, counted while they are read. One thread.
final class Content {
    /// RFC 2045 §2.7: a longer line isn't 7-bit, even in US-ASCII.
    private static final int LINE = 998;

    /// How much longer text may become to stay readable.
    private static final int READABLE = 100;

    private final ContentType type;
    private final TransferEncoding encoding;
    private Optional<String> obstacle;
    private long octets;
    private long wide;
    private long quoted;
    private boolean isBinary;
    private boolean isAfterReturn;
    private boolean hasLongLine;
    private int column;

    /// @param obstacle why it must not be changed
    Content(ContentType type, TransferEncoding encoding, Optional<String> obstacle) {
        this.type = type;
        this.encoding = encoding;
        this.obstacle = obstacle;
    }

    void take(byte[] taken, int from, int to) {
        octets += to - from;
        for (var i = from; i < to; i++) {
            var octet = taken[i];
            if (octet < 0) {
                wide++;
            } else if (octet == '\n') {
                isBinary |= !isAfterReturn;
                isAfterReturn = false;
                column = 0;
                continue;
            } else if (octet < ' ' && octet != '\r' && octet != '\t' || octet == '=' || octet == 127) {
                isBinary |= octet == 0;
                quoted++;
            }
            isBinary |= isAfterReturn;
            isAfterReturn = octet == '\r';
            column++;
            hasLongLine |= column > LINE && octet != '\r';
        }
    }

    /// The first one counts.
    void obstacle(String why) {
        obstacle = obstacle.or(() -> Optional.of(why));
    }

    boolean isWide() {
        return wide > 0;
    }

    /// Why its 8-bit octets can't be encoded.
    Optional<String> obstacle() {
        return obstacle.or(() -> switch (encoding) {
            case BASE64 -> Optional.of("a base64 part holds 8-bit octets");
            case PRIVATE -> Optional.of("a part of an encoding of its own holds 8-bit octets");
            case NONE, WIDE, QUOTED_PRINTABLE -> Optional.empty();
        });
    }

    /// Whether its label says more than is true.
    boolean isLabelledTooWide() {
        return encoding == TransferEncoding.WIDE && wide == 0 && !hasLongLine && !isBinary && obstacle.isEmpty();
    }

    /// The shorter one for text, but short text stays readable; the safer one for everything else: what has no lines may have them changed as
    /// quoted-printable (RFC 2045 §6.7).
    SevenBitEncoding coding() {
        if (encoding == TransferEncoding.QUOTED_PRINTABLE) {
            return SevenBitEncoding.QUOTED_PRINTABLE_COMPLETED;
        }
        var isText = type.main().equals("text") || type.main().equals("message") || type.main().isEmpty();
        var added = 2 * (wide + quoted);
        return isText && !isBinary && added <= octets * 3 / 8 + READABLE ? SevenBitEncoding.QUOTED_PRINTABLE : SevenBitEncoding.BASE64;
    }
}
