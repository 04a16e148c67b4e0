package facteur.mail.bounce;

import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.message.Octets;
import facteur.mail.mime.QuotedPrintable;
import facteur.mail.smtp.ReturnContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// What a report gives back of its letter, as a body part of 7 bits: the header, or the whole.
///
/// The letter as a whole, which may be private and large, comes along when the app asked for it, the letter failed, and it is
/// small. An encoding would have to go inside a message/rfc822, never around it (RFC 2045 §6.4, RFC 2046 §5.2.1); a message/global may be
/// encoded (RFC 6532 §3.7), but few mail programs show one. So of a letter that isn't fit for 7-bit mail the header alone is given
/// back, which may be encoded (RFC 6522 §4).
///
/// @param text as the part has it, in US-ASCII
record ReturnedContent(Extent extent, String transferEncoding, String text) {
    enum Extent {
        WHOLE("message/rfc822"),
        HEADER("text/rfc822-headers");

        private final String type;

        Extent(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }

    /// A larger letter isn't returned whole, even if RET asks for it (RFC 3461 §6.2).
    private static final int WHOLE_LIMIT_BYTES = 256 * 1024;

    /// RFC 2045 §2.7, without CRLF.
    private static final int LINE = 998;

    static ReturnedContent of(Dsn dsn) {
        if (isWanted(dsn)) {
            var whole = octets(dsn.original());
            if (isSevenBit(whole)) {
                return new ReturnedContent(Extent.WHOLE, "7bit", text(whole));
            }
        }
        var header = dsn.original().header().octets();
        return isSevenBit(header)
                ? new ReturnedContent(Extent.HEADER, "7bit", text(header))
                : new ReturnedContent(Extent.HEADER, "quoted-printable", text(QuotedPrintable.encode(header)));
    }

    /// RFC 3461 §4.3: RET is about failures.
    private static boolean isWanted(Dsn dsn) {
        return dsn.request().returnContent().filter(ReturnContent.FULL::equals).isPresent()
                && dsn.gravest() == Dsn.Action.FAILED
                && dsn.original().body() instanceof MemoryBody
                && dsn.original().sizeBytes() <= WHOLE_LIMIT_BYTES;
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.US_ASCII);
    }

    private static byte[] octets(Message message) {
        var out = new ByteArrayOutputStream((int) message.sizeBytes());
        try {
            message.writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /// Whether it needs no encoding (RFC 2045 §2.7): lines that are short and end in CRLF, no NUL, nothing over 127.
    private static boolean isSevenBit(byte[] octets) {
        var lineStart = 0;
        for (var at = 0; lineStart < octets.length; lineStart = at + 2) {
            at = Octets.lineEnd(octets, lineStart, octets.length);
            if (at - lineStart > LINE || at < octets.length && !isCrlf(octets, at)) {
                return false;
            }
        }
        for (var octet : octets) {
            if (octet <= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCrlf(byte[] octets, int at) {
        return octets[at] == '\r' && at + 1 < octets.length && octets[at + 1] == '\n';
    }
}
