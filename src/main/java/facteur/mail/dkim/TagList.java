package facteur.mail.dkim;

import facteur.mail.message.HeaderField;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A list of tags (RFC 6376 §3.2), as signatures and the records of keys have it; octets over 127 are a character each. Immutable.
public final class TagList {
    /// So many have no use.
    private static final int MOST_TAGS = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern BLANKS = Pattern.compile("[ \t\r\n]+");

    /// Where a value is, with the blanks around it.
    record Place(int start, int end) {}

    private final String text;
    private final Map<String, Place> places;

    private TagList(String text, Map<String, Place> places) {
        this.text = text;
        this.places = places;
    }

    /// @return empty when it breaks the rules, and when a tag is there twice
    public static Optional<TagList> parse(String text) {
        return parse(text, 0);
    }

    /// The list that is the value of a field.
    public static Optional<TagList> of(HeaderField field) {
        var text = new String(field.octets(), StandardCharsets.ISO_8859_1);
        return parse(text, text.indexOf(':') + 1);
    }

    private static Optional<TagList> parse(String text, int from) {
        var places = new HashMap<String, Place>();
        var start = from;
        while (start <= text.length()) {
            var semicolon = text.indexOf(';', start);
            var end = semicolon < 0 ? text.length() : semicolon;
            var isEndOfList = semicolon < 0 && !places.isEmpty() && text.substring(start).isBlank();
            if (!isEndOfList && !read(text, start, end, places)) {
                return Optional.empty();
            }
            start = end + 1;
        }
        return Optional.of(new TagList(text, places));
    }

    private static boolean read(String text, int start, int end, Map<String, Place> places) {
        var equals = text.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            return false;
        }
        var name = strip(text.substring(start, equals));
        return NAME.matcher(name).matches()
                && text.substring(equals, end).chars().allMatch(TagList::isAllowed)
                && places.putIfAbsent(name, new Place(equals + 1, end)) == null
                && places.size() <= MOST_TAGS;
    }

    /// VALCHAR of RFC 6376 and blanks, and what RFC 8616 adds.
    private static boolean isAllowed(int c) {
        return c > ' ' && c != 127 || isBlank(c);
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static String strip(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    public boolean has(String name) {
        return places.containsKey(name);
    }

    /// A value without the blanks around it.
    public Optional<String> value(String name) {
        return place(name).map(place -> strip(text.substring(place.start(), place.end())));
    }

    /// A value without any blanks: of a list, or of base64.
    public Optional<String> compact(String name) {
        return place(name).map(place -> BLANKS.matcher(text.substring(place.start(), place.end())).replaceAll(""));
    }

    /// As [#value], octets over 127 read as UTF-8 (RFC 8616 §3).
    public Optional<String> wide(String name) {
        return value(name).map(value -> new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    Optional<Place> place(String name) {
        return Optional.ofNullable(places.get(name));
    }
}
