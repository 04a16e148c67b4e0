package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Ended;
import facteur.mail.letter.QueueId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What came back, at the command line.
final class AddressVerbsTest {
    private static final String AN = "an@client.example";

    @TempDir
    private Path folder;

    private StoppedRelay relay;
    private QueueId letter;

    @BeforeEach
    void open() throws Exception {
        relay = StoppedRelay.in(folder);
        letter = relay.returned(AN);
    }

    @Test
    void listsAddressesAndForgetsThem() {
        assertThat(relay.run("addresses list --office dupont").out().lines()).hasSize(2).last().asString()
                .matches("an@client\\.example +20\\S+Z +20\\S+Z +1  550 5\\.1\\.1 no such user \\(mx\\.client\\.example\\)");
        assertThat(relay.run("addresses list --office dupont --json").out())
                .contains("\"address\": \"an@client.example\"", "\"count\": 1", "\"status\": \"5.1.1\"", "\"letter\": \"" + letter.text());
        assertThat(relay.run("addresses list --office durand")).isEqualTo(new Ended(0, "no address is known not to work\n", ""));
        assertThat(relay.run("addresses forget --office dupont an@CLIENT.example bo@client.example")).isEqualTo(new Ended(
                65, "an@CLIENT.example  forgotten\n", "facteur: not on the list of office dupont: bo@client.example\n"));
        assertThat(relay.run("addresses list --office dupont").out()).isEqualTo("no address is known not to work\n");
        assertThat(relay.run("log --acts").out()).contains("addresses forget --office dupont an@CLIENT.example");
    }

    @Test
    void saysWhatIsWrongWithTheWords() {
        assertThat(relay.run("addresses").exitCode()).isEqualTo(64);
        assertThat(relay.run("addresses list").err()).contains("--office");
        assertThat(relay.run("addresses list --office Du/pont").err()).contains("not the id of an office: Du/pont");
        assertThat(relay.run("addresses forget --office dupont an").err()).contains("not an address: an");
    }

    @Test
    void aLetterShowsWhatCameBack() {
        var shown = relay.run("queue show " + letter.text()).out();
        assertThat(shown).containsPattern("(?m)^  an@client\\.example  returned \\S+: 550 5\\.1\\.1 no such user \\(mx\\.client\\.example\\)$")
                .containsPattern("(?m)^came back\n  \\S+  \\S+  report from <mailer-daemon@mx\\.client\\.example>\n"
                        + "    an@client\\.example  failed 5\\.1\\.1 by mx\\.client\\.example: 550 5\\.1\\.1 no such user$");
        assertThat(relay.run("log an@client.example").out())
                .containsPattern("(?m)^ +\\S+ +came back +report \\S+ from <mailer-daemon@mx\\.client\\.example>$")
                .contains("an@client.example returned");
        assertThat(relay.run("queue show --json " + letter.text()).out())
                .contains("\"status\": \"returned\"", "\"kind\": \"report\"", "\"action\": \"failed\"");
        assertThat(relay.run("log mailer-daemon@mx.client.example").out()).contains("as a return to " + letter.text() + " for dupont");
    }

    @Test
    void aLetterShowsWhatAReportSaysInWordsAlone() throws Exception {
        var id = relay.returnedInWords("bo@client.example", "no such mailbox here");
        for (var words : List.of("queue show " + id.text(), "log " + id.text())) {
            assertThat(relay.run(words).out()).contains("bo@client.example  failed 5.1.1 by mx.client.example: no such mailbox here\n")
                    .doesNotContain("| bo@");
        }
        assertThat(relay.run("queue show --json " + id.text()).out())
                .contains("\"diagnostic\": \"\"", "\"text\": \"bo@client.example: no such mailbox here\"");
        assertThat(relay.run("forget --address bo@client.example").exitCode()).isZero();
        assertThat(relay.run("queue show " + id.text()).out()).doesNotContain("bo@client", "no such mailbox here");
    }

    @Test
    void aPersonIsForgotten() {
        assertThat(relay.run("forget --dry-run --address " + AN).out()).contains("\n1 mention in the lists of addresses that don't work\n");
        assertThat(relay.run("addresses list --office dupont").out()).contains(AN);
        var forgotten = relay.run("forget --address " + AN);
        assertThat(forgotten.exitCode()).isZero();
        assertThat(forgotten.out()).contains("\n1 mention in the lists of addresses that don't work: removed\n");
        assertThat(relay.run("forget --address " + AN).out()).contains("\n0 mentions in the lists");
        assertThat(relay.run("addresses list --office dupont").out()).isEqualTo("no address is known not to work\n");
        assertThat(relay.run("queue show " + letter.text()).out()).doesNotContain("an@client");
    }
}
