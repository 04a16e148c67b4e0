package facteur.console;

import facteur.mail.automatic.Language;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/// All that pages say, in one language. A file has the texts of one section, and a key is the section and the file's key:
/// `mail.title` is `title` in `mail.properties`. Immutable; safe to share between threads.
public final class Texts {
    /// Each is a file in each language.
    static final List<String> SECTIONS = List.of(
            "access", "all-domains", "apps", "because", "clients", "domains", "error", "frame", "history", "log", "mail", "me", "offices", "people",
            "queue", "sign-in", "status", "try", "upstreams");

    private static final Map<Language, Texts> ALL = new EnumMap<>(Map.of(
            Language.EN, new Texts(Language.EN), Language.FR, new Texts(Language.FR), Language.NL, new Texts(Language.NL)));

    private final Language language;
    private final Locale locale;
    private final Map<String, String> patterns = new HashMap<>();

    private Texts(Language language) {
        this.language = language;
        locale = Locale.of(language.word());
        for (var section : SECTIONS) {
            read(section).forEach((key, text) -> patterns.put(section + "." + key, String.valueOf(text)));
        }
    }

    static Texts in(Language language) {
        return Objects.requireNonNull(ALL.get(language));
    }

    private Properties read(String section) {
        var name = language.word() + "/" + section + ".properties";
        var texts = new Properties();
        try (var in = Objects.requireNonNull(Texts.class.getResourceAsStream(name), name);
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
        return texts;
    }

    /// @param key with its section
    /// @param values take the places of `{0}`, `{1}` and so on, in the way of [MessageFormat]: numbers as the language writes them
    /// @throws IllegalArgumentException when there is no such key
    String of(String key, Object... values) {
        return new MessageFormat(pattern(key), locale).format(values);
    }

    /// Of a key that not every value has: a label of a kind of messages that an app made up.
    Optional<String> find(String key) {
        return Optional.ofNullable(patterns.get(key)).map(pattern -> new MessageFormat(pattern, locale).format(new Object[0]));
    }

    private String pattern(String key) {
        var pattern = patterns.get(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no text " + key + " in " + language.word());
        }
        return pattern;
    }

    Language language() {
        return language;
    }

    Locale locale() {
        return locale;
    }

    /// All patterns, by key: for the test that compares languages.
    Map<String, String> patterns() {
        return patterns.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
