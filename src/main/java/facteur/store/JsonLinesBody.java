package facteur.store;

import facteur.office.RelationId;
import facteur.platform.config.ProblemCode;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private int line;
    private boolean isAtEnd;

    JsonLinesBody(Path file, String origin, CardInputReader reader) throws IOException {
        this.octets = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        this.origin = origin;
        this.reader = reader;
    }

    @Override
    public Optional<CardLine> next() throws IOException {
        while (!isAtEnd) {
            var isWhole = readLine();
            var problems = new LineProblems(origin, line);
            if (!isWhole) {
                return bad(problems, "the line is longer than " + LONGEST_LINE + " octets");
            }
            String text;
            try {
                text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer.toByteArray())).toString();
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

    /// Into the buffer, without its end.
    ///
    /// @return false when it is too long
    private boolean readLine() throws IOException {
        buffer.reset();
        line++;
        var length = 0;
        for (var octet = octets.read(); octet != '\n'; octet = octets.read()) {
            if (octet < 0) {
                isAtEnd = true;
                break;
            }
            if (length++ < LONGEST_LINE) {
                buffer.write(octet);
            }
        }
        return length <= LONGEST_LINE;
    }

    @Override
    public void close() throws IOException {
        octets.close();
    }
}
