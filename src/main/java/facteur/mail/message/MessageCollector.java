package facteur.mail.message;

import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes a letter's octets as they arrive, in pieces of any size, and sorts them into header and body.
///
/// Line ends are checked or repaired on the way; limits are kept; a large body goes to a file, and whether it holds 8-bit
/// octets is noted. The first fault decides: what follows it is counted and dropped, so that the caller can always read to
/// the end of the letter.
///
/// A carriage return without line feed is repaired to a blank, as Postfix does, never to a line end: no field, no part and
/// no dot can begin behind it, for us or for any relay that takes it for a line end. Several before a line feed are one
/// line end: programs on Windows that write CRLF in text mode make CR CR LF of it.
///
/// The header ends at the first empty line, or before the first line that is neither a field nor the continuation of
/// one: that line is the body's first, as in every relay we know. A line of blanks only continues the field above it.
/// Lines of a mailbox file before the first field become fields ([HeaderPrelude]); without a field behind them they are the
/// body's.
///
/// For one thread. Longer than other files: one pass over the octets, with all its states in view.
public final class MessageCollector implements AutoCloseable {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] BLANKS = " ".repeat(1024).getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_START_BYTES = 2048;

    /// No field's name is longer: it would have no room on its line (RFC 5322 §2.1.1).
    private static final int NAME_LIMIT_BYTES = 1000;

    private final MessageLimits limits;
    private final LineEndings lineEndings;
    private final BodyCollector body;
    private final ReceivingMemory receivingMemory;
    private byte[] header = new byte[HEADER_START_BYTES];
    private int headerSize;

    private BodyType bodyType = BodyType.SEVEN_BIT;
    private boolean inHeader = true;
    private int headerLineStart;
    private int fieldCount;
    private int mailboxLines;
    /// Carriage returns that were not taken yet: what follows says what they are.
    private int heldReturns;
    private int lineBytes;
    private long messageBytes;
    private @Nullable Reply fault;

    /// @param receivingMemory shared by all letters: without room in it, bodies go to files at once
    public MessageCollector(
            MessageLimits limits, LineEndings lineEndings, ReceivingMemory receivingMemory, BodyFiles files) {
        this.limits = limits;
        this.lineEndings = lineEndings;
        this.receivingMemory = receivingMemory;
        this.body = new BodyCollector(limits.memoryBytes(), receivingMemory, files);
    }

    public void write(byte[] octets, int offset, int length) {
        var start = offset;
        var end = offset + length;
        for (var i = offset; i < end && fault == null; i++) {
            if (heldReturns > 0) {
                var isTaken = followReturns(octets[i]);
                start = isTaken ? i + 1 : i;
                if (isTaken || fault != null) {
                    continue;
                }
            }
            var lineEnd = Octets.lineEnd(octets, i, end);
            count(lineEnd - i);
            i = lineEnd;
            if (i == end || fault != null) {
                break;
            }
            if (octets[i] == '\n') {
                countEnd(CRLF.length);
                take(octets, start, i);
                start = i + 1;
                repairLineFeed();
            } else if (i + 1 < end && octets[i + 1] == '\n') {
                i++;
                countEnd(CRLF.length);
                if (inHeader) {
                    take(octets, start, i + 1);
                    start = i + 1;
                    endHeaderLine();
                }
                lineBytes = 0;
            } else {
                countEnd(1);
                take(octets, start, i);
                start = i + 1;
                heldReturns = 1;
            }
        }
        if (fault == null) {
            take(octets, start, end);
        }
    }

    /// Octets within a line. It is the first one too many that decides which limit is broken, not the piece that it comes
    /// in: how a letter is cut on its way makes no difference to the reply.
    private void count(int octets) {
        var messageRoom = limits.messageBytes() - messageBytes;
        var lineRoom = limits.lineBytes() - lineBytes;
        if (octets > messageRoom && messageRoom <= lineRoom) {
            refuse(tooBig(limits.messageBytes()));
        } else if (octets > lineRoom) {
            refuse(Reply.of(554, 6, 0, "Line over " + limits.lineBytes() + " octets"));
        } else {
            messageBytes += octets;
            lineBytes += octets;
        }
    }

    /// Octets of a line end, which count for no line.
    private void countEnd(int octets) {
        messageBytes += octets;
        if (messageBytes > limits.messageBytes()) {
            refuse(tooBig(limits.messageBytes()));
        }
    }

    /// What is wrong with the letter so far. [#finish] says it too.
    public Optional<Reply> fault() {
        return Optional.ofNullable(fault);
    }

    /// Ends the letter. To be called once; [#close] is harmless afterwards.
    public Collected finish() {
        if (fault == null && heldReturns > 0) {
            repairReturns();
        }
        if (fault == null && inHeader && headerSize > headerLineStart) {
            if (isFieldLine(headerSize)) {
                take(CRLF, 0, 2);
            }
            endHeaderLine();
        }
        if (fault == null && inHeader && fieldCount == 0) {
            endHeader();
        }
        if (fault != null) {
            close();
            return new Collected.Refused(fault);
        }
        try {
            return new Collected.Whole(new Message(Header.parse(header, headerSize), body.finish()), bodyType);
        } catch (IOException e) {
            close();
            return new Collected.Refused(storageTrouble());
        }
    }

    /// Of a body that went to a file, by [BodyDigester]. To be called once, after [#finish].
    public Optional<String> bodyDigest() {
        return body.digest();
    }

    /// Gives back the memory, and drops what was collected unless [#finish] has given it away. To be called when the letter
    /// is done with.
    @Override
    public void close() {
        forgetHeader();
        body.discard();
    }

    private void forgetHeader() {
        if (header.length > HEADER_START_BYTES) {
            receivingMemory.give(header.length - HEADER_START_BYTES);
            header = new byte[HEADER_START_BYTES];
        }
        headerSize = 0;
    }

    /// Says what the carriage returns are that were held.
    ///
    /// @return whether the next octet belongs to them
    private boolean followReturns(byte next) {
        if (next != '\n' && (next != '\r' || lineEndings == LineEndings.REJECT)) {
            repairReturns();
            return false;
        }
        countEnd(1);
        if (next == '\r') {
            heldReturns++;
        } else {
            heldReturns = 0;
            endLine();
        }
        return true;
    }

    private void repairReturns() {
        if (lineEndings == LineEndings.REJECT) {
            refuse(Reply.of(550, 6, 11, "Bare carriage return in message"));
            return;
        }
        while (heldReturns > 0) {
            var count = Math.min(heldReturns, BLANKS.length);
            take(BLANKS, 0, count);
            lineBytes += count;
            heldReturns -= count;
        }
    }

    private void repairLineFeed() {
        if (fault == null && lineEndings == LineEndings.REJECT) {
            refuse(Reply.of(550, 6, 11, "Bare line feed in message"));
        }
        endLine();
    }

    private void endLine() {
        take(CRLF, 0, 2);
        if (inHeader) {
            endHeaderLine();
        }
        lineBytes = 0;
    }

    private void take(byte[] octets, int from, int to) {
        if (fault != null || from == to) {
            return;
        }
        if (inHeader) {
            writeHeader(octets, from, to);
        } else {
            writeBody(octets, from, to);
        }
    }

    private void writeHeader(byte[] octets, int from, int to) {
        var size = headerSize + to - from;
        if (size > header.length) {
            var grown = Math.max(size, 2 * header.length);
            if (!receivingMemory.take(ReceivingMemory.Kind.HEADER, grown - header.length)) {
                refuse(Reply.of(452, 3, 1, "Too many letters at once, try again later"));
                return;
            }
            header = Arrays.copyOf(header, grown);
        }
        System.arraycopy(octets, from, header, headerSize, to - from);
        headerSize = size;
        if (headerSize > limits.headerBytes() && headerSize - headerLineStart > NAME_LIMIT_BYTES) {
            judgeLongLine();
        }
    }

    /// A line that goes far beyond the header's limit is a field that is too long, or the first line of a body: whichever it
    /// is, no more of it is kept here. Its first octets decide, however many have come.
    private void judgeLongLine() {
        var judged = Math.max(limits.headerBytes(), headerLineStart + NAME_LIMIT_BYTES) + 1;
        if (isFieldLine(judged) || isMailboxLine(judged)) {
            refuse(headerTooBig());
        } else {
            endHeader();
        }
    }

    private void writeBody(byte[] octets, int from, int to) {
        if (bodyType == BodyType.SEVEN_BIT && !Octets.isAscii(octets, from, to)) {
            bodyType = BodyType.EIGHT_BIT;
        }
        try {
            body.write(octets, from, to);
        } catch (IOException e) {
            refuse(storageTrouble());
        }
    }

    /// Looks at the header line that just ended: part of the header, the empty line behind it, or the body already.
    private void endHeaderLine() {
        if (fault != null || !inHeader) {
            return;
        }
        if (isFieldLine(headerSize)) {
            if (fieldCount == 0 && lineStart() > 0) {
                takeFirstLines();
            }
            fieldCount += HeaderField.isBlank(header[headerLineStart]) ? 0 : 1;
        } else if (isMailboxLine(headerSize)) {
            mailboxLines++;
        } else {
            endHeader();
            return;
        }
        headerLineStart = headerSize;
        if (fault == null && headerSize > limits.headerBytes()) {
            refuse(headerTooBig());
        } else if (fault == null && Math.max(fieldCount, mailboxLines) > limits.headerFields()) {
            refuse(Reply.of(552, 3, 4, "More than " + limits.headerFields() + " header fields"));
        }
    }

    /// Hands over to the body what is not the header's: the line that ended it, and without a field all that came before. The
    /// empty line belongs to neither.
    private void endHeader() {
        inHeader = false;
        var from = fieldCount == 0 ? 0 : headerLineStart;
        var first = Arrays.copyOfRange(header, from, headerSize);
        headerSize = from;
        if (!Arrays.equals(first, CRLF)) {
            writeBody(first, 0, first.length);
        }
    }

    /// The first field is there: what was before it, [HeaderPrelude] only, belongs to the header too.
    private void takeFirstLines() {
        var line = Arrays.copyOfRange(header, lineStart(), headerSize);
        var before = HeaderPrelude.asFields(header, headerLineStart);
        headerSize = 0;
        take(before, 0, before.length);
        headerLineStart = headerSize;
        take(line, 0, line.length);
        fieldCount = mailboxLines;
    }

    /// Where the line's own text starts: a letter's first may have a mark before it.
    private int lineStart() {
        return headerLineStart == 0 ? HeaderPrelude.mark(header, headerSize) : headerLineStart;
    }

    private Reply headerTooBig() {
        return Reply.of(552, 3, 4, "Header over " + limits.headerBytes() + " octets");
    }

    /// Whether the line starts a field, or continues one.
    ///
    /// @param to where it ends, or as far as it counts
    private boolean isFieldLine(int to) {
        return HeaderField.isBlank(header[headerLineStart])
                ? fieldCount > 0
                : HeaderField.colon(header, lineStart(), to) >= 0;
    }

    /// Whether it is one that programs put before the header.
    private boolean isMailboxLine(int to) {
        return fieldCount == 0 && HeaderPrelude.isMailboxLine(header, lineStart(), to);
    }

    private void refuse(Reply reply) {
        fault = reply;
        close();
    }

    /// RFC 1870 §6.3.
    public static Reply tooBig(long limitBytes) {
        return Reply.of(552, 3, 4, "Message over " + limitBytes + " octets");
    }

    private static Reply storageTrouble() {
        return Reply.of(452, 3, 1, "Not enough storage, try again later");
    }
}
