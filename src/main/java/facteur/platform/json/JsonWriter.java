package facteur.platform.json;

import java.util.HexFormat;

/// Writes a [JsonValue] without blanks. Only what RFC 8259 §7 asks for is escaped, and half a surrogate pair, which UTF-8 can't
/// hold. Stateless.
final class JsonWriter {
    private static final HexFormat HEX = HexFormat.of();

    private JsonWriter() {}

    static String compact(JsonValue value) {
        var json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    private static void write(JsonValue value, StringBuilder json) {
        switch (value) {
            case JsonValue.Text(var text) -> quote(text, json);
            case JsonValue.Number(var number) -> json.append(number);
            case JsonValue.Bool(var truth) -> json.append(truth);
            case JsonValue.Null() -> json.append("null");
            case JsonValue.Array(var elements) -> {
                var separator = '[';
                for (var element : elements) {
                    json.append(separator);
                    write(element, json);
                    separator = ',';
                }
                json.append(elements.isEmpty() ? "[]" : "]");
            }
            case JsonValue.Members(var members) -> {
                var separator = '{';
                for (var member : members.entrySet()) {
                    json.append(separator);
                    quote(member.getKey(), json);
                    json.append(':');
                    write(member.getValue(), json);
                    separator = ',';
                }
                json.append(members.isEmpty() ? "{}" : "}");
            }
        }
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || isHalf(text, i)) {
                json.append("\\u").append(HEX.toHexDigits(c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    private static boolean isHalf(String text, int at) {
        var c = text.charAt(at);
        if (!Character.isSurrogate(c)) {
            return false;
        }
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }
}
