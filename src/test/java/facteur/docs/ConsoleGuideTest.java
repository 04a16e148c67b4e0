package facteur.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `src/docs/console.md` and its translations put in italics is what pages say, in that language.
final class ConsoleGuideTest {
    private static final Path DOCS = Path.of("src", "docs");
    private static final Path TEXTS = Path.of("src", "main", "resources", "facteur", "console");
    private static final Pattern IN_ITALICS = Pattern.compile("(?<![*\\\\])\\*(?!\\*)([^*\\n]+|[^*\\n]+\\n[^*\\n]+)(?<!\\*)\\*(?!\\*)");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\\n]*`");

    /// One that doesn't break, as French has it before some signs.
    private static final String BLANK = "[\\u00a0\\u202f]";

    /// Of Excel, of an accounting suite, of a DNS, or a signature in a history.
    private static final Set<String> OF_OTHERS = Set.of(
            "csv utf-8", "save as", "enregistrer sous", "opslaan als", "mail settings", "an peeters (suite)", "cabinet dupont", "cabinet dupont srl");

    @ParameterizedTest
    @CsvSource({"console.md,en", "console.fr.md,fr", "console.nl.md,nl"})
    void saysWhatPagesSay(String page, String language) throws IOException {
        var texts = texts(language);
        var text = CODE.matcher(Files.readString(DOCS.resolve(page))).replaceAll("…").replaceAll(BLANK, " ");
        var phrases = IN_ITALICS.matcher(text).results().map(found -> found.group(1).replaceAll("\\s*\\n\\s*", " ")).distinct().toList();
        assertThat(phrases).hasSizeGreaterThan(50);
        assertThat(phrases.stream().filter(phrase -> !isOfOthers(phrase) && texts.stream().noneMatch(said -> isIn(phrase, said)))).isEmpty();
    }

    private static boolean isOfOthers(String phrase) {
        return OF_OTHERS.contains(phrase.toLowerCase(Locale.ROOT));
    }

    /// With `…` for what is left out.
    private static boolean isIn(String phrase, Text said) {
        var wanted = Pattern.compile(
                Pattern.quote(phrase).replace("…", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
        return wanted.matcher(said.words).find() || said.filled.matcher(phrase).matches();
    }

    /// @param words with braces as they are
    /// @param filled matches the text with any values
    private record Text(String words, Pattern filled) {}

    private static List<Text> texts(String language) throws IOException {
        var texts = new ArrayList<Text>();
        try (var files = Files.list(TEXTS.resolve(language))) {
            for (var file : files.toList()) {
                var properties = new Properties();
                try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                properties.values().forEach(value -> texts.add(text(value.toString().replaceAll(BLANK, " "))));
            }
        }
        return texts;
    }

    private static Text text(String format) {
        var filled = new StringBuilder();
        var plain = new StringBuilder();
        var depth = 0;
        for (var i = 0; i < format.length(); i++) {
            var c = format.charAt(i);
            depth += c == '{' ? 1 : 0;
            if (depth == 0) {
                plain.append(c);
                filled.append(Pattern.quote(String.valueOf(c)));
            } else if (c == '{' && depth == 1) {
                filled.append(".+");
            }
            depth -= c == '}' ? 1 : 0;
        }
        // A text of nothing but values would be any phrase.
        var isAnything = plain.toString().matches("\\W*");
        return new Text(format, Pattern.compile(isAnything ? "(?!)" : filled + "\\.?", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }
}
