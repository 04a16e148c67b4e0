package facteur.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The man page has every event and every field of it, and no event that isn't.
final class VocabularyTest {
    private static final Path PAGE = Path.of("src", "man", "facteur.8");
    private static final Pattern ITEM = Pattern.compile("(?m)^\\.It Cm ([a-z-]+)\n");
    private static final Pattern WORDS = Pattern.compile("(?m)^\\.(?:It )?Cm (.*)$");

    private final List<EventKind> kinds =
            Arrays.stream(MailEvent.class.getPermittedSubclasses()).map(EventKind::of).toList();

    @Test
    void thePageHasEveryEventWithEveryField() throws IOException {
        var page = events();
        for (var kind : kinds) {
            assertThat(words(page.getOrDefault(kind.name(), "")))
                    .as(kind.name())
                    .isNotEmpty()
                    .containsAll(kind.fields().stream().map(EventKind.Field::key).toList());
        }
    }

    @Test
    void theHowToHasEveryEvent() throws IOException {
        var table = Files.readString(Path.of("src", "docs", "howto.md"));
        assertThat(kinds.stream().map(EventKind::name).filter(name -> !table.contains("| `" + name + "` |"))).isEmpty();
    }

    /// What the page says of each event, up to the next one.
    private Map<String, String> events() throws IOException {
        var page = Files.readString(PAGE);
        var section = page.substring(page.indexOf("\n.Sh DIAGNOSTICS\n"), page.indexOf("\n.Ss Admin port\n"));
        var names = kinds.stream().map(EventKind::name).collect(Collectors.toSet());
        var blocks = new HashMap<String, String>();
        var last = "";
        var start = 0;
        for (var item : ITEM.matcher(section).results().filter(item -> names.contains(item.group(1))).toList()) {
            blocks.put(last, section.substring(start, item.start()));
            last = item.group(1);
            start = item.end();
        }
        blocks.put(last, section.substring(start));
        return blocks;
    }

    private static List<String> words(String block) {
        return WORDS.matcher(block).results().flatMap(line -> Arrays.stream(line.group(1).split("[ ,]+"))).toList();
    }
}
