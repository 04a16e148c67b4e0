package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import facteur.mail.message.Mailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PeopleWarningsTest {
    private static List<Mailbox> people(Stream<String> texts) {
        return texts.map(text -> Mailbox.parse(text).orElseThrow()).toList();
    }

    @Test
    void tellsOfPeopleWhoAreThereTwice() {
        var told = new ArrayList<String>();
        var different = PeopleWarnings.each(
                people(Stream.of("Jan <jan@dupont.example>", "JAN@Dupont.example", "\"jan\"@dupont.example", "an@dupont.example",
                        "jan@durand.example")),
                (code, message) -> told.add(code + " " + message));
        assertThat(different).isEqualTo(3);
        assertThat(told).hasSize(2).first().asString().startsWith(SettingsCode.PERSON_TWICE + " ");
    }

    /// Each compared with all others took 20 s for 20,000, in an answer and before a letter.
    @Test
    void looksAtManyOnce() {
        var many = people(IntStream.range(0, 40_000).mapToObj(i -> "u" + i + "@dupont.example"));
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> PeopleWarnings.each(many, (_, _) -> {}))).isEqualTo(40_000);
    }
}
