package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.cli.Cli;
import facteur.cli.Invocation;
import facteur.fixture.Act;
import facteur.fixture.AppConnection;
import facteur.fixture.Ended;
import facteur.fixture.RecordingJournal;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.journal.MailEvent;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An upstream that rests for a minute, once it is repaired: the verbs say that it does, and end it.
final class UpstreamWakeIT {
    private static final byte[] LETTER = "From: jan@dupont.example\r\n\r\nGood day!\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private RelayFolder relay;

    @BeforeEach
    void inThisFolder() {
        relay = new RelayFolder(folder);
    }

    @Test
    void isTriedAtOnceWhenItIsWoken() throws Exception {
        try (var upstream = ScriptedUpstream.start().when(".", Act.say("550 5.4.5 Daily user sending limit exceeded."))) {
            relay.office("dupont", RelayFolder.DUPONT).relayingTo(upstream.port());
            var journal = new RecordingJournal();
            try (var daemon = relay.start(journal); var app = AppConnection.greeted(daemon.ports().getFirst())) {
                assertThat(facteur("upstream", "wake", "smarthost").out()).isEqualTo("smarthost is up\n");
                assertThat(facteur("queue", "flush").out()).doesNotContain("paused");
                app.submit("<jan@dupont.example>", List.of("client@example.com"), LETTER);
                journal.await(MailEvent.Deferred.class, 1);
                upstream.recover();

                assertThat(facteur("queue", "flush").out())
                        .startsWith("1  due now\n")
                        .containsPattern("because it failed at [a-z-]+: ")
                        .contains("upstream smarthost is paused until 20", "Daily user sending limit", "facteur upstream wake smarthost");
                assertThat(facteur("queue", "retry", "--all").out()).contains("upstream smarthost is paused until 20");
                assertThat(facteur("queue", "hold", "--office", "unknown").out()).doesNotContain("paused");
                var mistyped = facteur("upstream", "wake", "smarthots");
                assertThat(mistyped.err()).contains("there is no upstream smarthots; did you mean 'smarthost'?; there is smarthost");
                assertThat(mistyped.exitCode()).isEqualTo(65);

                var woken = facteur("upstream", "wake", "smarthost");
                assertThat(woken.out()).startsWith("smarthost is tried as soon as a letter is due");
                assertThat(woken.exitCode()).isZero();
                // The one that was refused for the relay's sake, and the same again.
                assertThat(upstream.awaitLetters(2)).hasSize(2);
                journal.await(MailEvent.UpstreamRecovered.class, 1);
            }
        }
        assertThat(facteur("upstream", "wake", "smarthost").exitCode()).isEqualTo(69);
        assertThat(facteur("queue", "flush").err()).isEmpty();
    }

    private Ended facteur(String... verb) {
        var out = new StringWriter();
        var err = new StringWriter();
        var arguments = Stream.concat(Stream.of(verb), Stream.of("--config", relay.config().toString())).toArray(String[]::new);
        var exitCode = Cli.execute(new Invocation(
                InputStream.nullInputStream(), new PrintWriter(out, true), new PrintWriter(err, true), System.getenv(), InstantSource.system(),
                arguments));
        return new Ended(exitCode, out.toString(), err.toString());
    }
}
