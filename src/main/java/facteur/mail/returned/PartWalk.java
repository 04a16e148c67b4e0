package facteur.mail.returned;

import facteur.mail.mime.TransferEncoding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Walks over the parts of a letter (RFC 2046 §5.1), and reads those that report something, and the first that has text. What
/// is in a returned letter is passed over: its own reports are about others. One thread; used once.
final class PartWalk implements LineSink {
    /// How deep multiparts may be in each other; one further down isn't looked into.
    private static final int DEPTH = 30;

    /// How many parts are looked at; a report has three.
    private static final int PARTS = 1000;

    /// Of one part: some ten times what a report on as many recipients as are read takes.
    private static final long DECODED_BYTES = 4 << 20;

    /// Takes what isn't read.
    private static final LineSink NOTHING = new LineSink() {
        @Override
        public void start(byte[] octets, int length) {}

        @Override
        public void more(byte[] octets, int length) {}

        @Override
        public void endLine() {}

        @Override
        public void finish() {}
    };

    private final Deque<OpenMultipart> open = new ArrayDeque<>();
    private final StatusGroups statuses = new StatusGroups();
    private final ReceiptFields receipts = new ReceiptFields();
    private boolean hasStatus;
    private boolean hasDisposition;
    private boolean hasFeedback;
    private Optional<ShownText> text = Optional.empty();

    /// What stands before the first part: of a multipart without parts, all there is to show.
    private final ShownText preamble = new ShownText(ShownText.Form.PLAIN, "");

    /// Of the part whose header is being read.
    private Optional<PartFields> header = Optional.empty();

    private PartType standard = PartType.TEXT;

    /// Whether we are in a multipart, before its first part.
    private boolean isBefore;

    private LineSink content = NOTHING;
    private int parts;

    PartWalk(PartType type, TransferEncoding encoding) {
        enter(type, encoding);
    }

    @Override
    public void start(byte[] octets, int length) {
        if (isBoundary(octets, length)) {
            return;
        }
        if (isBefore && open.getFirst().learns(octets, trimmed(octets, length))) {
            beginPart(open.getFirst());
        }
        if (header.isEmpty()) {
            content.start(octets, length);
            return;
        }
        switch (header.get().line(octets, length)) {
            case OF_HEADER -> {}
            case END -> endHeader();
            case OF_CONTENT -> {
                endHeader();
                content.start(octets, length);
            }
        }
    }

    @Override
    public void more(byte[] octets, int length) {
        if (header.isEmpty()) {
            content.more(octets, length);
        }
    }

    @Override
    public void endLine() {
        if (header.isEmpty()) {
            content.endLine();
        }
    }

    @Override
    public void finish() {
        if (header.isPresent()) {
            endHeader();
        }
        content.finish();
    }

    private boolean isBoundary(byte[] octets, int length) {
        if (!OpenMultipart.isDashed(octets, length)) {
            return false;
        }
        var to = trimmed(octets, length);
        for (var multipart : open) {
            switch (multipart.line(octets, to)) {
                case DELIMITER -> {
                    leave(multipart);
                    beginPart(multipart);
                    return true;
                }
                case CLOSE_DELIMITER -> {
                    // Left open: some hosts close it too early.
                    leave(multipart);
                    return true;
                }
                case OTHER -> {}
            }
        }
        return false;
    }

    private static int trimmed(byte[] octets, int length) {
        var to = length;
        while (to > 0 && (octets[to - 1] == ' ' || octets[to - 1] == '\t')) {
            to--;
        }
        return to;
    }

    private void leave(OpenMultipart multipart) {
        if (header.isPresent()) {
            endHeader();
        }
        while (open.getFirst() != multipart) {
            open.pop();
        }
        content.finish();
        content = NOTHING;
        isBefore = false;
    }

    private void beginPart(OpenMultipart multipart) {
        isBefore = false;
        parts++;
        if (parts <= PARTS) {
            header = Optional.of(new PartFields());
            standard = multipart.standard();
        }
    }

    private void endHeader() {
        var fields = header.orElseThrow();
        header = Optional.empty();
        enter(fields.type(standard), fields.encoding());
    }

    private void enter(PartType type, TransferEncoding encoding) {
        if (type.isMultipart() && open.size() < DEPTH) {
            open.push(new OpenMultipart(type));
            isBefore = true;
            content = open.size() == 1 ? preamble : NOTHING;
            return;
        }
        var reader = reader(type, encoding);
        content = reader == NOTHING ? NOTHING : DecodedLines.to(reader, encoding, DECODED_BYTES);
    }

    /// A part that reports something, or has text.
    private LineSink reader(PartType type, TransferEncoding encoding) {
        if (type.isStatus()) {
            hasStatus = true;
            return new FieldLines(statuses,
                    type.isGlobalStatus() && encoding.isIdentity() ? FieldLines.SoftBreaks.UNLABELLED : FieldLines.SoftBreaks.NONE);
        }
        if (type.isDisposition() || type.isFeedback()) {
            hasDisposition = hasDisposition || type.isDisposition();
            hasFeedback = hasFeedback || type.isFeedback();
            return new FieldLines(receipts, FieldLines.SoftBreaks.NONE);
        }
        return type.isReturned() ? NOTHING : text(type);
    }

    /// Text as it was written comes before HTML.
    private LineSink text(PartType type) {
        var form = type.is("text", "html") ? ShownText.Form.HTML : ShownText.Form.PLAIN;
        var isBetter = text.filter(found -> !found.isBlank() && found.form().compareTo(form) <= 0).isEmpty();
        if (!type.main().equals("text") || !isBetter) {
            return NOTHING;
        }
        var found = new ShownText(form, type.charset());
        text = Optional.of(found);
        return found;
    }

    /// Whether there was a part message/delivery-status, or its like for UTF-8.
    boolean hasStatus() {
        return hasStatus;
    }

    boolean hasDisposition() {
        return hasDisposition;
    }

    boolean hasFeedback() {
        return hasFeedback;
    }

    Optional<DeliveryReport> report() {
        return statuses.report(text());
    }

    ReceiptFields receipts() {
        return receipts;
    }

    String text() {
        return text.orElse(preamble).text();
    }
}
