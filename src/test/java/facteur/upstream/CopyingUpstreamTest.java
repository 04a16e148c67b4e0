package facteur.upstream;

import static facteur.fixture.Act.say;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.ID;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.RecordingJournal;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import facteur.platform.clock.SteadyTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CopyingUpstreamTest {
    private final ScriptedUpstream peer = ScriptedUpstream.start();
    private final RecordingJournal journal = new RecordingJournal();

    @TempDir
    private Path temporary;

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void copiesWhatWasTakenForThoseItWasTakenFor() throws IOException {
        peer.once("RCPT TO:<eve@", say("550 5.1.1 unknown"));

        assertThat(relay("bob@x.example", "eve@x.example", "zoe@x.example"))
                .containsExactly("Relayed 250 2.0.0 taken", "PermFailed RCPT 550 5.1.1 unknown", "Relayed 250 2.0.0 taken");

        assertThat(Files.readString(folder().resolve(ID + ".eml"))).endsWith("\r\n\r\nHello\r\n");
        assertThat(Files.readString(folder().resolve(ID + ".json"))).contains("bob@", "zoe@").doesNotContain("eve@");
        assertThat(journal.events()).isEmpty();
    }

    @Test
    void copiesNothingThatWasNotTaken() {
        peer.when(".", say("451 4.3.0 later"));

        assertThat(relay("bob@x.example")).containsExactly("TempFailed END_OF_DATA 451 4.3.0 later");

        assertThat(folder()).doesNotExist();
    }

    @Test
    void tellsOnceThatItCannotAndRelaysAllTheSame() throws IOException {
        Files.writeString(folder(), "a file in its place");
        try (var upstream = upstream()) {
            assertThat(relay(upstream, "bob@x.example")).containsExactly("Relayed 250 2.0.0 taken");
            assertThat(relay(upstream, "bob@x.example")).containsExactly("Relayed 250 2.0.0 taken");
            assertThat(journal.events(MailEvent.CopyFailed.class))
                    .singleElement()
                    .extracting(MailEvent.CopyFailed::id)
                    .isEqualTo(ID.text());

            Files.delete(folder());
            relay(upstream, "bob@x.example");
            Files.delete(folder().resolve(ID + ".eml"));
            Files.delete(folder().resolve(ID + ".json"));
            Files.delete(folder());
            Files.writeString(folder(), "again");
            relay(upstream, "bob@x.example");
            assertThat(journal.events(MailEvent.CopyFailed.class)).hasSize(2);
        }
    }

    @Test
    void discardsWithAYes() {
        try (var upstream = new DiscardUpstream("nowhere")) {
            assertThat(relay(upstream, "bob@x.example", "eve@x.example")).containsExactly("Relayed 250 2.0.0 discarded",
                    "Relayed 250 2.0.0 discarded");
        }
    }

    private List<String> relay(String... recipients) {
        try (var upstream = upstream()) {
            return relay(upstream, recipients);
        }
    }

    private static List<String> relay(Upstream upstream, String... recipients) {
        return upstream.relay(ID, to(recipients), HELLO).stream().map(Samples::text).toList();
    }

    private Upstream upstream() {
        var time = SteadyTime.system();
        return new CopyingUpstream(
                Samples.upstream(smarthost(peer), Samples.breaker(time), time),
                new CaptureUpstream("copies", folder()),
                journal);
    }

    private Path folder() {
        return temporary.resolve("captured");
    }
}
