package facteur.bounce;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/// The sentences of the reports, in one language. Immutable; safe to share between threads.
final class Texts {
    private final Properties sentences = new Properties();

    private Texts() {}

    static Texts in(Language language) {
        var texts = new Texts();
        var name = language.word() + ".properties";
        var file = Objects.requireNonNull(Texts.class.getResourceAsStream(name), name);
        try (var reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            texts.sentences.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    String say(String key) {
        return Objects.requireNonNull(sentences.getProperty(key), key);
    }

    /// @param value takes the place of `{0}`
    String say(String key, String value) {
        return say(key).replace("{0}", value);
    }
}
