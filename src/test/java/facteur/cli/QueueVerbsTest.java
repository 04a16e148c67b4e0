package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Ended;
import facteur.mail.letter.QueueId;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `facteur queue` and `facteur log`, on two letters that wait.
final class QueueVerbsTest {
    @TempDir
    private Path folder;

    private StoppedRelay relay;
    private QueueId first;
    private QueueId second;

    @BeforeEach
    void open() throws Exception {
        relay = StoppedRelay.in(folder);
        first = relay.deferred("an@client.example");
        second = relay.deferred("zoe@other.example");
    }

    private Ended queue(String words) {
        return relay.run("queue " + words);
    }

    @Test
    void listsLettersAndHowManyThereAre() {
        assertThat(queue("list").out().lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith(first.text()) && line.contains("<jan@dupont.example> -> an@client.example"))
                .anyMatch(line -> line.startsWith(second.text()))
                .anyMatch(line -> line.startsWith("in the queue: 2 deferred; the oldest since "));
        assertThat(queue("list " + first + " --json").out())
                .containsSubsequence("\"letters\": [", "\"id\": \"" + first, "\"states\": [", "\"letters\": 2")
                .doesNotContain("\"id\": \"" + second);
        assertThat(queue("list --recipient @other.example").out()).contains(second.text()).doesNotContain(first.text());
    }

    @Test
    void showsALetter() {
        assertThat(queue("show " + first).out())
                .contains("id            " + first, "state         deferred, due ", "no attempts", "  Subject: invoice", ", settings version 7",
                        "R-1042, card version v57");
        assertThat(queue("show " + first + " --json").out()).contains("\"messageId\": ", "\"cardVersion\": \"v57\"", "\"header\": \"");
        assertThat(queue("show 0123456789abcdef")).isEqualTo(new Ended(65, "", "facteur: no such letter: 0123456789abcdef\n"));
    }

    @Test
    void holdsAndReleasesALetter() {
        assertThat(queue("hold " + first)).isEqualTo(new Ended(0, first + "  on hold now\n", ""));
        assertThat(queue("list --state hold").out()).contains(first.text(), ": by operator", "1 deferred, 1 hold").doesNotContain(second.text());
        assertThat(queue("release --all").out()).isEqualTo("1  released, due now\n");
        assertThat(queue("list --state hold").out()).doesNotContain(first.text());
    }

    @Test
    void retriesNoMoreLettersThanTheLimit() {
        assertThat(queue("retry --all --limit 1").out()).isEqualTo("1  due now\n");
        assertThat(queue("flush").out()).contains("  due now\n");
    }

    @Test
    void removesALetterForGood() {
        assertThat(queue("remove " + first + " 0123456789abcdef"))
                .isEqualTo(new Ended(65, first + "  removed\n0123456789abcdef  no such letter\n", ""));
        assertThat(queue("remove --older-than 5d").out()).isEqualTo("no matching letters\n");
        assertThat(queue("show " + first).out()).contains("state         ended");
        assertThat(relay.run("log " + first).out()).contains("  ended       an@client.example removed\n");
    }

    @Test
    void recordsWhatOperatorsChanged() {
        var _ = queue("hold " + first);
        var _ = queue("list");
        assertThat(relay.run("log --acts").out().lines()).singleElement().asString()
                .contains("  uid=", "  queue hold " + first + " --config ", ": 1 letter, " + first);
        assertThat(relay.run("log --acts --json").out()).containsSubsequence("\"acts\": [", "\"command\": \"queue hold ", "\"letters\": 1");
    }

    @Test
    void logsLettersByIdMessageIdOrAddress() {
        assertThat(relay.run("log " + first).out())
                .startsWith(first + "\n")
                .contains("  accepted    by app local for dupont, ", "<jan@dupont.example> to an@client.example", "  now         deferred, due ");
        assertThat(relay.run("log zoe@other.example").out()).startsWith(second + "\n").doesNotContain(first.text());
        assertThat(relay.run("log @dupont.example --json --limit 1").out()).containsOnlyOnce("\"id\": ");
        assertThat(relay.run("log <none@client.example>"))
                .isEqualTo(new Ended(0, "", "facteur: the message log has no such letter: <none@client.example>\n"));
        assertThat(relay.run("log none@client.example --json").out()).isEqualTo("{\n\"letters\": [\n]\n}\n");
        assertThat(relay.run("log 0123456789abcdef")).isEqualTo(new Ended(65, "", "facteur: no such letter: 0123456789abcdef\n"));
    }

    /// A command line that doesn't say which letters moves none.
    @ParameterizedTest
    @ValueSource(strings = {"hold", "release", "retry", "remove"})
    void movesOnlyTheLettersThatAreNamed(String verb) {
        for (var wrong : new String[] {"", " --all --office dupont", " " + first + " --office dupont", " " + first + " --all", " ../x", " --limit 5",
            " --state lost", " --older-than yesterday"}) {
            assertThat(queue(verb + wrong).exitCode()).as(wrong).isEqualTo(64);
        }
        for (var right : new String[] {" --office none", " --state hold,deferred --office none",
            " --older-than 2h --recipient @client.example --upstream smarthost"}) {
            assertThat(queue(verb + right)).as(right).isEqualTo(new Ended(0, "no matching letters\n", ""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hold                                   | give queue ids, filters, or --all",
                "hold --all --office dupont             | --all can't be combined with ids or filters",
                "hold 01m8468qb1dasymv --office dupont  | ids can't be combined with filters",
                "show ../x                              | not a queue id: ../x",
                "show                                   | Missing required parameter: 'ID'",
                "flush 01m8468qb1dasymv                 | Unmatched argument at index 2: '01m8468qb1dasymv'",
                "list 01m8468qb1dasymv --office dupont  | ids can't be combined with filters"
            })
    void saysWhatIsWrongWithACommandLine(String words, String message) {
        var ended = queue(words);
        assertThat(ended.exitCode()).isEqualTo(64);
        assertThat(ended.err()).startsWith(message + "\n").contains("Usage: ");
    }
}
