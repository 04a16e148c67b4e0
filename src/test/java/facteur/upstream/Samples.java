package facteur.upstream;

import facteur.fixture.ScriptedUpstream;
import facteur.mail.letter.QueueId;
import facteur.mail.message.Body;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.TlsMode;
import facteur.platform.clock.SteadyTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Letters and smarthosts to test with.
final class Samples {
    static final QueueId ID = new QueueId("0123456789abcdef");
    static final Message HELLO = message("Hello\r\n");

    private Samples() {}

    static Envelope to(String... recipients) {
        return new Envelope(
                ReversePath.of(Address.of("app@office.example")),
                Arrays.stream(recipients).map(Address::of).toList(),
                BodyType.SEVEN_BIT,
                HeaderEncoding.ASCII);
    }

    static Envelope with(Envelope envelope, BodyType body, HeaderEncoding encoding) {
        return new Envelope(envelope.reversePath(), envelope.recipients(), body, encoding, envelope.dsn());
    }

    static Message message(String body) {
        return message("Subject: test\r\n", new MemoryBody(body.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static Message message(String header, Body body) {
        return new Message(Header.parse(header.getBytes(StandardCharsets.UTF_8)), body);
    }

    /// Patient enough for a busy machine where a reply comes, short where none will.
    static Timeouts timeouts() {
        var ample = Duration.ofSeconds(20);
        return new Timeouts(ample, ample, ample, ample, ample, ample, ample);
    }

    /// For peers that stall: every stage ends within 150 ms.
    static Timeouts shortTimeouts() {
        var brief = Duration.ofMillis(150);
        return new Timeouts(brief, Duration.ofSeconds(5), brief, brief, Duration.ofSeconds(5), brief, brief);
    }

    static Smarthost smarthost(ScriptedUpstream peer) {
        return smarthost(peer, TlsMode.NONE);
    }

    static Smarthost smarthost(ScriptedUpstream peer, TlsMode tls) {
        return Smarthost.of("smarthost", "localhost", peer.port(), tls, "relay.example")
                .withTimeouts(timeouts());
    }

    static Breaker breaker(SteadyTime time) {
        return new Breaker(wait -> wait, time);
    }

    static List<Outcome> relay(Smarthost smarthost, Envelope envelope, Message message) {
        try (var upstream = upstream(smarthost, breaker(SteadyTime.system()), SteadyTime.system())) {
            return upstream.relay(ID, envelope, message);
        }
    }

    /// Without caps and journal.
    static SmtpUpstream upstream(Smarthost smarthost, Breaker breaker, SteadyTime time) {
        return new SmtpUpstream(smarthost, new SendingRate(List.of()), breaker, SevenBitForm.NONE, event -> {}, time);
    }

    static List<Outcome> relay(ScriptedUpstream peer, Envelope envelope) {
        return relay(smarthost(peer), envelope, HELLO);
    }

    /// One line per outcome, such as `PermFailed RCPT 550 5.1.1 unknown`.
    static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Relayed(var reply, _, _) -> "Relayed " + reply;
            case Outcome.TempFailed(var stage, var cause) -> "TempFailed " + stage + " " + cause;
            case Outcome.NotTried(var cause) -> "NotTried " + cause;
            case Outcome.PermFailed(var stage, var reply) -> "PermFailed " + stage + " " + reply;
            case Outcome.InDoubt(var cause) -> "InDoubt " + cause;
        };
    }
}
