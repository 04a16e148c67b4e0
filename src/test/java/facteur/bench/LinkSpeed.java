package facteur.bench;

import facteur.fixture.ScriptedUpstream;
import facteur.mail.letter.QueueId;
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
import facteur.upstream.Breaker;
import facteur.upstream.ConnectionLimits;
import facteur.upstream.Outcome;
import facteur.upstream.SendingRate;
import facteur.upstream.SevenBitForm;
import facteur.upstream.Smarthost;
import facteur.upstream.SmtpUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// How many letters a second an upstream takes that is 20 ms away (there and back), with and without PIPELINING.
final class LinkSpeed {
    private static final Duration ONE_WAY = Duration.ofMillis(10);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int ROUNDS = 3;
    private static final Message LETTER = new Message(
            Header.parse("From: office@dupont.example\r\nSubject: Your invoice\r\n".getBytes(StandardCharsets.US_ASCII)),
            new MemoryBody(("x".repeat(76) + "\r\n").repeat(50).getBytes(StandardCharsets.US_ASCII)));

    /// What EHLO offers.
    private enum Offer {
        PIPELINING,
        NOTHING
    }

    private record Case(int recipients, int connections) {
        /// The same on each connection.
        List<Callable<Integer>> onEach(Callable<Integer> work) {
            return Collections.nCopies(connections, work);
        }
    }

    private static final List<Case> CASES = List.of(new Case(1, 1), new Case(10, 1), new Case(1, 20), new Case(10, 20));

    private LinkSpeed() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        lettersPerSecond(new Case(10, 20), Offer.PIPELINING);
        System.out.printf("%-12s %-12s %12s %12s %8s%n", "connections", "recipients", "without", "pipelined", "ratio");
        for (var each : CASES) {
            var without = new ArrayList<Double>();
            var pipelined = new ArrayList<Double>();
            for (var i = 0; i < ROUNDS; i++) {
                without.add(lettersPerSecond(each, Offer.NOTHING));
                pipelined.add(lettersPerSecond(each, Offer.PIPELINING));
            }
            System.out.printf(
                    "%-12d %-12d %12.1f %12.1f %8.2f%n",
                    each.connections(), each.recipients(), median(without), median(pipelined), median(pipelined) / median(without));
        }
    }

    /// Over connections that are open already, each busy without a pause.
    private static double lettersPerSecond(Case each, Offer offer) throws IOException, InterruptedException, ExecutionException {
        try (var sink = ScriptedUpstream.start().offer(offer.name());
                var link = new DelayedLink(sink.port(), ONE_WAY);
                var upstream = upstream(link.port(), each.connections());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var envelope = envelope(each.recipients());
            sum(threads.invokeAll(each.onEach(() -> relay(upstream, envelope))));
            var start = System.nanoTime();
            var letters = sum(threads.invokeAll(each.onEach(() -> {
                var count = 0;
                while (System.nanoTime() - start < ROUND.toNanos()) {
                    count += relay(upstream, envelope);
                }
                return count;
            })));
            return letters / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static SmtpUpstream upstream(int port, int connections) {
        var limits = new ConnectionLimits(connections, 1_000_000, Duration.ofHours(1), Duration.ofHours(1));
        return new SmtpUpstream(
                Smarthost.of("far", "127.0.0.1", port, TlsMode.NONE, "relay.example.org").withLimits(limits),
                new SendingRate(List.of()),
                new Breaker(wait -> wait, SteadyTime.system()),
                SevenBitForm.NONE,
                _ -> {},
                SteadyTime.system());
    }

    private static Envelope envelope(int recipients) {
        return new Envelope(
                ReversePath.of(Address.of("inbox@relay.example.org")),
                IntStream.range(0, recipients).mapToObj(i -> Address.of("client" + i + "@example.com")).toList(),
                BodyType.SEVEN_BIT,
                HeaderEncoding.ASCII);
    }

    /// @return one letter
    private static int relay(SmtpUpstream upstream, Envelope envelope) throws IOException {
        var outcomes = upstream.relay(new QueueId("0123456789abcdef"), envelope, LETTER);
        if (!outcomes.stream().allMatch(Outcome.Relayed.class::isInstance)) {
            throw new IOException("not relayed: " + outcomes);
        }
        return 1;
    }

    private static int sum(List<Future<Integer>> counts) throws InterruptedException, ExecutionException {
        var sum = 0;
        for (var count : counts) {
            sum += count.get();
        }
        return sum;
    }

    private static double median(List<Double> rounds) {
        return rounds.stream().sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
    }
}
