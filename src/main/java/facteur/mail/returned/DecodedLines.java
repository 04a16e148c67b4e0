package facteur.mail.returned;

import facteur.mail.mime.TransferEncoding;

/// Decodes the lines of a part (RFC 2045 §6), and gives on what it decodes to as lines. One thread.
final class DecodedLines implements LineSink {
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final LooseLines lines;
    private final boolean isBase64;
    private long left;
    private int bits;
    private int count;
    private boolean endsLine = true;

    private DecodedLines(boolean isBase64, long octets, LineSink sink) {
        this.isBase64 = isBase64;
        this.left = octets;
        this.lines = new LooseLines(sink);
    }

    /// @param octets how many are decoded at most
    /// @param sink itself when there is nothing to decode
    static LineSink to(LineSink sink, TransferEncoding encoding, long octets) {
        return switch (encoding) {
            case NONE, WIDE, PRIVATE -> sink;
            case QUOTED_PRINTABLE -> new DecodedLines(false, octets, sink);
            case BASE64 -> new DecodedLines(true, octets, sink);
        };
    }

    @Override
    public void start(byte[] octets, int length) {
        endsLine = true;
        more(octets, length);
    }

    @Override
    public void more(byte[] octets, int length) {
        if (isBase64) {
            for (var i = 0; i < length; i++) {
                base64(octets[i]);
            }
            return;
        }
        var end = length;
        while (end > 0 && (octets[end - 1] == ' ' || octets[end - 1] == '\t')) {
            // Blanks behind a line are no part of it; those where a long line was cut may be lost here.
            end--;
        }
        endsLine = end == 0 || octets[end - 1] != '=';
        for (var octet : QuotedLine.decoded(octets, endsLine ? end : end - 1)) {
            write(octet);
        }
    }

    @Override
    public void endLine() {
        if (!isBase64 && endsLine) {
            write('\n');
        }
    }

    @Override
    public void finish() {
        lines.finish();
    }

    private void base64(byte octet) {
        var digit = octet == '=' ? -1 : DIGITS.indexOf(octet);
        if (octet == '=') {
            // Several pieces, each with an end of its own, are one behind the other in some letters.
            count = 0;
            bits = 0;
        } else if (digit >= 0) {
            bits = bits << 6 | digit;
            count++;
            if (count > 1) {
                write(bits >> 2 * (4 - count) & 0xFF);
            }
            if (count == 4) {
                count = 0;
                bits = 0;
            }
        }
    }

    private void write(int octet) {
        if (left > 0) {
            left--;
            lines.write(octet);
        }
    }
}
