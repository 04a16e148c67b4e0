package facteur.bench;

import facteur.mail.message.Collected;
import facteur.mail.message.LineEndings;
import facteur.mail.message.Mailbox;
import facteur.mail.message.Message;
import facteur.mail.message.MessageCollector;
import facteur.mail.message.MessageLimits;
import facteur.mail.message.ReceivingMemory;
import facteur.mail.smtp.Address;
import facteur.policy.Decision;
import facteur.policy.Rule;
import facteur.rewrite.ReceivedTrace;
import facteur.rewrite.Rewriter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// From a letter's octets to the rewritten message: [SampleLetter] collected, a collected one rewritten, and both.
///
/// Public and not final because JMH extends it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class RewriteBenchmark {
    private static final MessageLimits LIMITS = new MessageLimits(35 << 20, 128 << 10, 1_000, 64 << 10, 256 << 10);
    private static final Decision.Rewrite DECISION = new Decision.Rewrite(
            new Mailbox("Cabinet Dupont SRL", Address.of("office@dupont.example")),
            Rule.FROM_OFFICE,
            List.of(new Mailbox("An Peeters", Address.of("an@dupont.example"))),
            Rule.CONTEXT_ROLE,
            Optional.empty());
    private static final ReceivedTrace TRACE = new ReceivedTrace(
            "billing.dupont.example",
            InetAddress.ofLiteral("192.0.2.17"),
            "ESMTP",
            Optional.empty(),
            "relay.example.org",
            "01m8468qb1dasymv",
            Instant.parse("2026-11-23T08:14:32Z"));

    private final byte[] letter = (SampleLetter.HEADER + "X-Context: invoice\r\nX-Relation-Id: R-1042\r\n\r\n" + SampleLetter.BODY)
            .getBytes(StandardCharsets.US_ASCII);
    private final ReceivingMemory receivingMemory = new ReceivingMemory(64 << 20);
    private final Message message = collected();

    @Benchmark
    public Message collect() {
        return collected();
    }

    @Benchmark
    public Message rewrite() {
        return Rewriter.rewrite(message, DECISION, TRACE);
    }

    @Benchmark
    public Message collectAndRewrite() {
        return Rewriter.rewrite(collected(), DECISION, TRACE);
    }

    private Message collected() {
        try (var collector = new MessageCollector(LIMITS, LineEndings.REPAIR, receivingMemory, () -> {
            throw new IOException("no file wanted");
        })) {
            collector.write(letter, 0, letter.length);
            return switch (collector.finish()) {
                case Collected.Whole(var whole, _) -> whole;
                case Collected.Refused(var reply) -> throw new AssertionError(reply);
            };
        }
    }
}
