package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The three languages say the same things.
final class TextsTest {
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)");
    private static final Pattern USED = Pattern.compile("(?:say|texts\\(\\)\\.of|texts\\.of)\\(\"([a-z-]+\\.[a-z0-9.-]+)\"");
    private static final Pattern SIGN_WITHOUT_BLANK = Pattern.compile("(?<![\\u00a0\\d:])[;?!»](?=[\\s.]|$)|(?<=\\p{L}):(?=\\s|$)|«(?!\\u00a0)");

    @ParameterizedTest
    @EnumSource(Language.class)
    void saysTheSameThingsWithTheSameValues(Language language) {
        assertThat(arguments(language)).isEqualTo(arguments(Language.EN));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void canFormatEachPattern(Language language) {
        assertThat(Texts.in(language).patterns().values())
                .allSatisfy(pattern -> assertThat(new MessageFormat(pattern, Texts.in(language).locale()).format(new Object[9])).isNotBlank());
    }

    /// A straight one hides what follows from the formatter.
    @ParameterizedTest
    @EnumSource(Language.class)
    void hasTypographicApostrophes(Language language) {
        assertThat(with(language, "'")).isEmpty();
    }

    @Test
    void separatesFrenchSignsByABlankThatDoesNotBreak() {
        assertThat(Texts.in(Language.FR).patterns().entrySet().stream()
                .filter(text -> SIGN_WITHOUT_BLANK.matcher(text.getValue()).find())
                .map(Map.Entry::toString))
                .isEmpty();
    }

    /// A text that was copied and not translated. Some words are the same in two languages.
    @Test
    void hasNoSentenceThatIsTheSameInTwoLanguages() {
        var english = Texts.in(Language.EN).patterns();
        for (var language : List.of(Language.FR, Language.NL)) {
            assertThat(Texts.in(language).patterns().entrySet().stream()
                    .filter(text -> text.getValue().split("[\\s\\u00a0]+").length > 3 && text.getValue().equals(english.get(text.getKey())))
                    .map(Map.Entry::getKey))
                    .isEmpty();
        }
    }

    @Test
    void hasEachTextThatPagesAskFor() throws IOException {
        assertThat(used()).isSubsetOf(Texts.in(Language.EN).patterns().keySet());
    }

    private static List<String> with(Language language, String part) {
        return Texts.in(language).patterns().entrySet().stream()
                .filter(text -> text.getValue().contains(part))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Set<String>> arguments(Language language) {
        var arguments = new TreeMap<String, Set<String>>();
        Texts.in(language).patterns().forEach((key, pattern) -> {
            var found = new TreeSet<String>();
            ARGUMENT.matcher(pattern).results().forEach(match -> found.add(match.group(1)));
            arguments.put(key, found);
        });
        return arguments;
    }

    private static List<String> used() throws IOException {
        var keys = new ArrayList<String>();
        for (var root : List.of(Path.of("src/main/jte"), Path.of("src/main/java/facteur/console"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    USED.matcher(Files.readString(file)).results()
                            .map(match -> match.group(1))
                            .filter(key -> !key.endsWith("."))
                            .forEach(keys::add);
                }
            }
        }
        return keys;
    }
}
