package facteur.mail.automatic;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/// The sentences of the letters that we write ourselves, in one language. Immutable; safe to share between threads.
public final class Texts {
    private final Properties sentences = new Properties();

    private Texts() {}

    /// @param beside a class whose package has a file for each language
    public static Texts in(Language language, Class<?> beside) {
        var texts = new Texts();
        var name = language.word() + ".properties";
        var file = Objects.requireNonNull(beside.getResourceAsStream(name), name);
        try (var reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            texts.sentences.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    public String say(String key) {
        return Objects.requireNonNull(sentences.getProperty(key), key);
    }

    /// @param values take the places of `{0}`, `{1}` and so on
    public String say(String key, String... values) {
        var text = say(key);
        for (var i = 0; i < values.length; i++) {
            text = text.replace("{" + i + "}", values[i]);
        }
        return text;
    }
}
