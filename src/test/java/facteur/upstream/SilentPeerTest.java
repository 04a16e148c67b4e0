package facteur.upstream;

import static facteur.fixture.Act.drip;
import static facteur.fixture.Act.stall;
import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.relay;
import static facteur.upstream.Samples.smarthost;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import facteur.fixture.Act;
import facteur.fixture.ScriptedUpstream;
import facteur.mail.smtp.TlsMode;
import facteur.platform.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What each recipient gets when a reply never comes, or never ends. Each case waits for its timeout: all at once.
final class SilentPeerTest {
    private static final Duration AMPLE = Duration.ofSeconds(5);
    /// Enough for a peer that answers while all the others are served.
    private static final Duration BRIEF = Duration.ofMillis(400);
    private static final Timeouts TIMEOUTS = new Timeouts(BRIEF, AMPLE, BRIEF, BRIEF, AMPLE, BRIEF, BRIEF);

    private static ExecutorService executor;

    /// @param cue when the peer acts
    /// @param extensions that the peer offers
    private record Case(String cue, Act act, TlsMode tls, Timeouts timeouts, List<String> extensions, String outcome) {
        Case(String cue, Act act, String outcome) {
            this(cue, act, TlsMode.NONE, TIMEOUTS, List.of(), outcome);
        }

        /// A peer for whom there is much to say.
        static Case dripping(String cue, String octets, TlsMode tls, String outcome) {
            return new Case(cue, drip(octets), tls, TIMEOUTS, List.of("PIPELINING", "STARTTLS", "AUTH PLAIN"), outcome);
        }

        static Case dripping(String cue, String octets, String outcome) {
            return dripping(cue, octets, TlsMode.NONE, outcome);
        }

        String relayed() {
            try (var peer = ScriptedUpstream.start()) {
                peer.when(cue, act);
                if (!extensions.isEmpty()) {
                    peer.offer(extensions.toArray(String[]::new));
                }
                var smarthost = smarthost(peer, tls).withTimeouts(timeouts);
                var login = extensions.isEmpty() ? smarthost : smarthost.withLogin(new Login.Password("me", Secret.of("sesame")));
                return text(relay(login, to("bob@x.example"), HELLO).getFirst());
            }
        }
    }

    /// Loads the classes of both sides, so that timeouts measure the peers alone.
    @BeforeAll
    static void warmUp() {
        try (var peer = ScriptedUpstream.start()) {
            relay(peer, to("bob@x.example"));
        }
        executor = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterAll
    static void close() {
        executor.close();
    }

    @TestFactory
    Stream<DynamicTest> triesAgain() {
        return Stream.of(
                new Case("CONNECT", stall(), "TempFailed GREETING no reply within 0.4s"),
                new Case("EHLO", stall(), "TempFailed EHLO no reply within 0.4s"),
                new Case("MAIL", stall(), "TempFailed MAIL no reply within 0.4s"),
                new Case("RCPT", stall(), "TempFailed RCPT no reply within 0.4s"),
                new Case("DATA", stall(), "TempFailed DATA no reply within 0.4s"),
                new Case(".", stall(), "InDoubt no reply within 0.4s"),
                Case.dripping("CONNECT", "2", "TempFailed GREETING no reply within 0.4s"),
                Case.dripping("CONNECT", "220-a\r\n", "TempFailed GREETING no reply within 0.4s"),
                Case.dripping("EHLO", "250-", "TempFailed EHLO no reply within 0.4s"),
                Case.dripping("STARTTLS", "220 ", TlsMode.STARTTLS, "TempFailed TLS no reply within 0.4s"),
                Case.dripping("AUTH", "235 ", "TempFailed AUTH no reply within 0.4s"),
                Case.dripping("MAIL", "250 ", "TempFailed MAIL no reply within 0.4s"),
                Case.dripping("RCPT", "250 ", "TempFailed RCPT no reply within 0.4s"),
                Case.dripping("DATA", "354 ", "TempFailed DATA no reply within 0.4s"),
                Case.dripping(".", "250-x\r\n250 ", "InDoubt no reply within 0.4s"),
                new Case("QUIT", drip("221 "), TlsMode.NONE, farewell(), List.of(), "Relayed 250 2.0.0 taken"))
                .map(SilentPeerTest::started)
                .toList()
                .stream();
    }

    private static DynamicTest started(Case each) {
        var relayed = executor.submit(each::relayed);
        return dynamicTest(each.cue() + " " + each.act(), () -> assertThat(relayed.get()).isEqualTo(each.outcome()));
    }

    /// Only the last reply is not waited for.
    private static Timeouts farewell() {
        return new Timeouts(AMPLE, AMPLE, AMPLE, AMPLE, AMPLE, AMPLE, BRIEF);
    }
}
