package facteur.mail.mime;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Passes a body on with changes; what no edit names goes through as it is. One thread.
final class EditedStream extends OutputStream {
    private final Iterator<Edit> edits;
    private final OutputStream out;
    private Optional<Edit> edit;
    private Optional<Encoder> encoder = Optional.empty();
    private long position;

    /// @param edits in the order of the body, none within another
    /// @param out gets it in blocks
    EditedStream(List<Edit> edits, OutputStream out) {
        this.edits = edits.iterator();
        this.out = new BufferedOutputStream(out);
        edit = next();
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        var end = offset + length;
        var next = offset;
        while (next < end) {
            endEdits();
            var isWithin = edit.isPresent() && position >= edit.get().from();
            var until = edit.map(isWithin ? Edit::to : Edit::from).orElse(Long.MAX_VALUE);
            var count = (int) Math.min(end - next, until - position);
            if (isWithin) {
                change(octets, next, next + count);
            } else {
                out.write(octets, next, count);
            }
            next += count;
            position += count;
        }
    }

    /// The body ends here; `out` is left open.
    void finish() throws IOException {
        endEdits();
        out.flush();
    }

    private void change(byte[] octets, int from, int to) throws IOException {
        if (edit.orElseThrow() instanceof Edit.Encoded(_, _, var coding)) {
            if (encoder.isEmpty()) {
                encoder = Optional.of(coding.to(out));
            }
            encoder.get().write(octets, from, to);
        }
    }

    /// What is behind us; there may be several in one place.
    private void endEdits() throws IOException {
        while (edit.isPresent() && position >= edit.get().to()) {
            switch (edit.get()) {
                case Edit.Replaced(_, _, var text) -> out.write(text.getBytes(StandardCharsets.US_ASCII));
                case Edit.Encoded ignored -> {
                    if (encoder.isPresent()) {
                        encoder.get().finish();
                        encoder = Optional.empty();
                    }
                }
            }
            edit = next();
        }
    }

    private Optional<Edit> next() {
        return edits.hasNext() ? Optional.of(edits.next()) : Optional.empty();
    }
}
