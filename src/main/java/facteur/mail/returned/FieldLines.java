package facteur.mail.returned;

import facteur.mail.message.EncodedText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads groups of fields, as the parts of reports have them (RFC 3464 §2.1): unfolds each field, and gives it away with a
/// clean value. What is no field is passed over. One thread.
final class FieldLines implements LineSink {
    /// Gets what is read.
    interface Fields {
        /// @param name in lower case
        /// @param value of one line, without control characters, encoded words decoded
        void field(String name, String value);

        /// An empty line, or one of blanks, or the end of all.
        void endGroup();
    }

    /// How the lines are encoded beyond what their label says.
    enum SoftBreaks {
        NONE,
        /// Lines of quoted-printable under a label that says otherwise: so Postfix 3.7 hands on a
        /// `message/global-delivery-status` to a host without 8BITMIME.
        UNLABELLED
    }

    /// Of one field, its folds included; the rest is cut off. An address cut so is longer than any is.
    static final int FIELD_BYTES = LooseLines.PIECE_BYTES;

    private static final int NAME_CHARACTERS = 80;
    private static final byte[] BLANK = {' '};

    private final Fields fields;
    private final SoftBreaks breaks;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private String name = "";
    private boolean isBroken;

    FieldLines(Fields fields, SoftBreaks breaks) {
        this.fields = fields;
        this.breaks = breaks;
    }

    @Override
    public void start(byte[] octets, int length) {
        var first = 0;
        while (first < length && octets[first] <= ' ' && octets[first] >= 0) {
            first++;
        }
        if (first == length) {
            isBroken = false;
            endField();
            fields.endGroup();
        } else if (isBroken) {
            more(octets, length);
        } else if (first > 0) {
            keep(BLANK, 0, 1);
            keep(octets, first, length);
        } else {
            endField();
            startField(octets, length);
        }
    }

    private void startField(byte[] octets, int length) {
        var colon = 0;
        while (colon < length && colon < NAME_CHARACTERS && octets[colon] != ':') {
            colon++;
        }
        if (colon < length && octets[colon] == ':') {
            name = new String(octets, 0, colon, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
            keep(octets, colon + 1, length);
        }
    }

    @Override
    public void more(byte[] octets, int length) {
        keep(octets, 0, length);
    }

    @Override
    public void endLine() {}

    @Override
    public void finish() {
        endField();
        fields.endGroup();
    }

    private void keep(byte[] octets, int from, int to) {
        isBroken = breaks == SoftBreaks.UNLABELLED && to > from && octets[to - 1] == '=';
        var end = isBroken ? to - 1 : to;
        value.write(octets, from, Math.max(0, Math.min(end - from, FIELD_BYTES - value.size())));
    }

    private void endField() {
        if (!name.isEmpty()) {
            fields.field(name, clean(value.toByteArray()));
        }
        name = "";
        value.reset();
    }

    private String clean(byte[] octets) {
        var decoded = breaks == SoftBreaks.UNLABELLED ? QuotedLine.decodedIfWide(octets) : octets;
        return ShownText.line(EncodedText.readable(ShownText.read(decoded, "")));
    }
}
