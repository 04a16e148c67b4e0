package facteur.platform.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Reads one value of JSON as RFC 8259 has it, and as I-JSON (RFC 7493) narrows it where programs differ: UTF-8, no name
/// twice in one object, no half of a surrogate pair. What a stranger could make us pay for is bounded. Stateless.
///
/// `platform.config.Document` knows the line of each key, takes YAML as well, and about ten times as long.
public final class JsonReader {
    static final int DEPTH = 64;
    static final int NUMBER_LENGTH = 100;
    static final int NAME_LENGTH = 1_000;
    private static final int TOKENS = 1_000_000;
    private static final int LENGTH = 64 * 1024 * 1024;

    /// A number of a larger exponent is short as text, and takes a gigabyte as a whole number.
    static final int EXPONENT = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(NUMBER_LENGTH)
                    .maxNameLength(NAME_LENGTH)
                    .maxStringLength(LENGTH)
                    .maxTokenCount(TOKENS)
                    .maxDocumentLength(LENGTH)
                    .build())
            .build();

    private final JsonParser tokens;

    private JsonReader(JsonParser tokens) {
        this.tokens = tokens;
    }

    public static JsonValue read(String text) throws JsonException {
        try (var tokens = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new JsonReader(tokens).document();
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /// @param utf8 read to its end, and closed
    /// @throws IOException when the stream fails
    public static JsonValue read(InputStream utf8) throws JsonException, IOException {
        // A reader of our own: the library would take UTF-16 as well, and UTF-8 that is none.
        try (var text = new InputStreamReader(utf8, StandardCharsets.UTF_8.newDecoder());
                var tokens = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            var reader = new JsonReader(tokens);
            try {
                return reader.document();
            } catch (JacksonIOException e) {
                if (e.getCause() instanceof CharacterCodingException) {
                    throw reader.at(tokens.currentLocation(), "the text is not UTF-8");
                }
                throw new IOException(e.getCause());
            }
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private JsonValue document() throws JsonException {
        if (tokens.nextToken() == null) {
            throw at(tokens.currentLocation(), "the text is empty");
        }
        var value = value();
        if (tokens.nextToken() != null) {
            throw here("there is more text behind the value");
        }
        return value;
    }

    /// The value that begins with the current token. Calls itself no deeper than [#DEPTH].
    private JsonValue value() throws JsonException {
        return switch (tokens.currentToken()) {
            case VALUE_STRING -> new JsonValue.Text(whole(tokens.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Number(number());
            case VALUE_TRUE -> new JsonValue.Bool(true);
            case VALUE_FALSE -> new JsonValue.Bool(false);
            case VALUE_NULL -> JsonValue.NULL;
            case START_ARRAY -> array();
            case START_OBJECT -> members();
            case END_ARRAY, END_OBJECT, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> throw here("no value");
        };
    }

    private JsonValue array() throws JsonException {
        var elements = new ArrayList<JsonValue>();
        while (tokens.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return new JsonValue.Array(elements);
    }

    private JsonValue members() throws JsonException {
        var members = new LinkedHashMap<String, JsonValue>();
        while (tokens.nextToken() != JsonToken.END_OBJECT) {
            var name = whole(tokens.currentName());
            if (members.containsKey(name)) {
                throw here("a name comes twice: " + name);
            }
            tokens.nextToken();
            members.put(name, value());
        }
        return new JsonValue.Members(members);
    }

    private BigDecimal number() throws JsonException {
        BigDecimal number;
        try {
            number = tokens.getDecimalValue();
        } catch (NumberFormatException tooLarge) {
            throw here("a number of an exponent over " + EXPONENT);
        }
        if (Math.abs((long) number.scale()) > EXPONENT) {
            throw here("a number of an exponent over " + EXPONENT);
        }
        return number;
    }

    /// RFC 7493 §2.1: what can't be written as UTF-8 can't be stored as it was sent.
    private String whole(String text) throws JsonException {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isSurrogatePair(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
                    throw here("a text with half of a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    private JsonException here(String message) {
        return at(tokens.currentTokenLocation(), message);
    }

    private JsonException at(TokenStreamLocation location, String message) {
        return new JsonException(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()), message);
    }

    private static JsonException unreadable(JacksonException e) {
        var location = e.getLocation() == null ? TokenStreamLocation.NA : e.getLocation();
        // Where it began is told in words of the library's own source.
        var message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("can't be read").replaceFirst(" \\(start marker at .*", "");
        return new JsonException(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()), message);
    }
}
