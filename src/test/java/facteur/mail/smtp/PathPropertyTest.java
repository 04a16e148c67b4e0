package facteur.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryText;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Texts that are nearly paths with parameters. The forms are told by patterns here, by loops in the code.
final class PathPropertyTest {
    private static final String ATOM_TEXT = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~\u00FC\\x{1F600}]";

    @Property
    void takesAtomsAndDots(@ForAll("localParts") String text) {
        assertThat(LocalPart.isValid(text)).isEqualTo(text.matches("\\.*" + ATOM_TEXT + "(?:\\.|" + ATOM_TEXT + ")*"));
    }

    @Provide
    static Arbitrary<String> localParts() {
        return ArbitraryText.of(6, "a", ".", "..", "+", "\u00FC", "\uD83D\uDE00", "\uD83D", " ", "@", "(", "\u202E");
    }

    @Property
    void takesEachParameter(@ForAll("parameters") String text) {
        var words = Stream.of(text.split("[ \t]+")).filter(word -> !word.isEmpty()).toList();
        var areAll = words.stream().allMatch(word -> word.matches("[A-Za-z0-9][A-Za-z0-9-]*(?:=[!-<>-~\\x80-\\x{10FFFF}]+)?"));
        var parsed = PathAndParameters.parse("FROM:", "FROM:<a@b.example> " + text) instanceof Parsed.Good<PathAndParameters>(var good)
                ? Optional.of(good.parameters().size())
                : Optional.empty();
        assertThat(parsed).isEqualTo(areAll ? Optional.of(words.size()) : Optional.empty());
    }

    @Provide
    static Arbitrary<String> parameters() {
        return ArbitraryText.of(6, "SIZE", "body", "=", "=4096", "8BITMIME", "-", " ", "\t", "  ", "\u00FC", "x");
    }
}
