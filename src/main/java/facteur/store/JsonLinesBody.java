package facteur.store;

import facteur.office.RelationId;
import facteur.platform.config.ProblemCode;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A JSON object per line (`application/x-ndjson`). A line with a mistake is bad by itself.
final class JsonLinesBody implements CardBody {
    private static final int BUFFER = 65_536;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream octets;
    private final String origin;
    private final CardInputReader reader;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

    /// What was read of the file and is not used yet: from here, to there.
    private final byte[] buffer = new byte[BUFFER];

    private int from;
    private int to;

    /// The start of a line whose end was not in the buffer.
    private final ByteArrayOutputStream start = new ByteArrayOutputStream();

    private int line;
    private boolean isAtEnd;

    JsonLinesBody(Path file, String origin, CardInputReader reader) throws IOException {
        this.octets = Files.newInputStream(file);
        this.origin = origin;
        this.reader = reader;
    }

    @Override
    public Optional<CardLine> next() throws IOException {
        while (!isAtEnd) {
            var found = readLine();
            var problems = new LineProblems(origin, line);
            if (found.isEmpty()) {
                return bad(problems, "the line is longer than " + LONGEST_LINE + " octets");
            }
            String text;
            try {
                text = decoder.decode(found.get()).toString();
            } catch (CharacterCodingException malformed) {
                return bad(problems, "the line is not UTF-8");
            }
            if (line == 1 && text.startsWith(BYTE_ORDER_MARK)) {
                text = text.substring(1);
            }
            if (!text.isBlank()) {
                return Optional.of(read(text, problems));
            }
        }
        return Optional.empty();
    }

    private CardLine read(String text, LineProblems problems) {
        JsonValue value;
        try {
            value = JsonReader.read(text);
        } catch (JsonException e) {
            problems.add("", ProblemCode.TEXT_UNREADABLE, "column " + e.column() + ": " + e.getMessage());
            return new CardLine.Bad(problems.list(), List.of());
        }
        if (value instanceof JsonValue.Array) {
            problems.add("", ProblemCode.VALUE_TYPE, "a list, where each line is a card: write one object per line");
            return new CardLine.Bad(problems.list(), List.of());
        }
        return reader.read(value, problems)
                .<CardLine>map(input -> new CardLine.Card(problems.line(), input))
                .orElseGet(() -> new CardLine.Bad(problems.list(), relation(value).stream().toList()));
    }

    private static Optional<RelationId> relation(JsonValue value) {
        return value instanceof JsonValue.Members members && members.members().get(CardInputReader.RELATION) instanceof JsonValue.Text(var text)
                ? RelationId.parse(text.strip())
                : Optional.empty();
    }

    private static Optional<CardLine> bad(LineProblems problems, String message) {
        problems.add("", ProblemCode.TEXT_UNREADABLE, message);
        return Optional.of(new CardLine.Bad(problems.list(), List.of()));
    }

    /// The next line, without its end; empty when it is too long.
    private Optional<ByteBuffer> readLine() throws IOException {
        line++;
        start.reset();
        var length = 0L;
        while (true) {
            if (from == to) {
                from = 0;
                to = octets.read(buffer);
                if (to < 0) {
                    to = 0;
                    isAtEnd = true;
                    return length > LONGEST_LINE ? Optional.empty() : Optional.of(ByteBuffer.wrap(start.toByteArray()));
                }
            }
            var end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            var piece = ByteBuffer.wrap(buffer, from, end - from);
            length += piece.remaining();
            var isWhole = end < to;
            if (isWhole && start.size() == 0 && length <= LONGEST_LINE) {
                from = end + 1;
                return Optional.of(piece);
            }
            if (length <= LONGEST_LINE) {
                start.write(buffer, from, piece.remaining());
            }
            from = isWhole ? end + 1 : end;
            if (isWhole) {
                return length > LONGEST_LINE ? Optional.empty() : Optional.of(ByteBuffer.wrap(start.toByteArray()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        octets.close();
    }
}
