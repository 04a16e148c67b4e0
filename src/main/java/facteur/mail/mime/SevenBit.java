package facteur.mail.mime;

import facteur.mail.message.BodyCollector;
import facteur.mail.message.BodyFiles;
import facteur.mail.message.Header;
import facteur.mail.message.HeaderField;
import facteur.mail.message.Message;
import facteur.mail.message.ReceivingMemory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Optional;

/// Makes a letter with 8-bit octets one that every SMTP server takes (RFC 6152 §3): parts that hold such octets are encoded,
/// quoted-printable or base64 (RFC 2045 §6), and labelled so. The octets decide; what a label says is not believed,
/// since many programs write `7bit`, or nothing, above text in UTF-8.
///
/// Every reader decodes the same content as before. All other octets stay, in their order: parts without 8-bit octets,
/// boundaries, and the text before and behind the parts. Only a label `8bit` or `binary` that has become untrue is
/// changed to `7bit`, and 8-bit octets before the first and behind the last part, which no reader shows, are question
/// marks then.
///
/// Signed and encrypted parts are never touched; neither is a body whose structure readers would not agree on.
///
/// Thread-safe. The body is read twice, once to look and once to write, and held in memory only while it is small.
public final class SevenBit {
    private static final String TRANSFER_ENCODING = "Content-Transfer-Encoding";

    private final int memoryBytes;
    private final ReceivingMemory memory;
    private final BodyFiles files;

    /// @param memoryBytes a larger body goes to a file
    /// @param memory shared with letters that arrive
    public SevenBit(int memoryBytes, ReceivingMemory memory, BodyFiles files) {
        this.memoryBytes = memoryBytes;
        this.memory = memory;
        this.files = files;
    }

    /// @throws IOException when the body can't be read, or the new one not be written
    public Conversion convert(Message message) throws IOException {
        var scan = new Scan(Labels.of(message.header()));
        var lines = new LineStream(scan);
        message.body().writeTo(lines);
        lines.finish();
        return switch (scan.finish(message.body().sizeBytes())) {
            case Scan.Found.Nothing() -> new Conversion.Unchanged();
            case Scan.Found.Obstacle(var why) -> new Conversion.Unfit(why);
            case Scan.Found.Plan plan -> new Conversion.Converted(write(message, plan));
        };
    }

    private Message write(Message message, Scan.Found.Plan plan) throws IOException {
        var collector = new BodyCollector(memoryBytes, memory, files);
        try {
            var edited = new EditedStream(plan.edits(), new Collecting(collector));
            message.body().writeTo(edited);
            edited.finish();
            return new Message(header(message.header(), plan.label()), collector.finish());
        } finally {
            collector.discard();
        }
    }

    private static Header header(Header header, Optional<String> label) {
        var fields = new ArrayList<HeaderField>(header.fields().size() + 2);
        var isLabelled = label.isEmpty();
        for (var field : header.fields()) {
            if (label.isEmpty() || !field.is(TRANSFER_ENCODING)) {
                fields.add(field);
            } else if (!isLabelled) {
                fields.add(HeaderField.of(field.name(), label.get()));
                isLabelled = true;
            }
        }
        if (header.first("MIME-Version").isEmpty()) {
            fields.add(HeaderField.of("MIME-Version", "1.0"));
        }
        if (!isLabelled) {
            fields.add(HeaderField.of(TRANSFER_ENCODING, label.get()));
        }
        return new Header(fields);
    }

    private static final class Collecting extends OutputStream {
        private final BodyCollector collector;

        Collecting(BodyCollector collector) {
            this.collector = collector;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            collector.write(octets, offset, offset + length);
        }
    }
}
