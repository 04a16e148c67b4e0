package facteur.bench;

import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.Forger;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedUpstream;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKey;
import facteur.mail.returnpath.ReturnKeys;
import facteur.mail.smtp.Address;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What forged return addresses cost. First how many a thread reads within a second; then the packaged relay, while strangers of a
/// thousand networks name so many within each second, and every second a real report arrives from elsewhere.
final class ReturnFlood {
    private static final String DOMAIN = "return.example.org";
    private static final int NETWORKS = 1000;

    /// So many connections of theirs are open at most.
    private static final int AT_ONCE = 200;

    private static final Pattern PORT = Pattern.compile("Returns are taken at 127\\.0\\.0\\.1:(\\d+)");
    private static final byte[] REPORT = """
            From: mailer-daemon@mx.example
            Subject: Undelivered
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; client@example.com
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 no such mailbox

            --b--
            """.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);

    private final PackagedRelay relay;
    private final RelayFolder folder;
    private final int port;
    private final int seconds;
    private final int perSecond;
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final List<Long> reportMillis = new ArrayList<>();
    private final List<Long> recipientMillis = new ArrayList<>();
    private final List<String> reportReplies = new ArrayList<>();

    private ReturnFlood(PackagedRelay relay, RelayFolder folder, int port, int seconds, int perSecond) {
        this.relay = relay;
        this.folder = folder;
        this.port = port;
        this.seconds = seconds;
        this.perSecond = perSecond;
    }

    /// @param arguments for how many seconds, and how many forged ones in each
    public static void main(String[] arguments) throws IOException, InterruptedException {
        read();
        var seconds = Integer.parseInt(arguments[0]);
        try (var upstream = ScriptedUpstream.start()) {
            var folder = new RelayFolder(Files.createTempDirectory(Path.of("target"), "flood").toAbsolutePath())
                    .office("dupont", RelayFolder.DUPONT)
                    .relayingTo(upstream.port(), """
                            returns: { domain: %s }
                            """.formatted(DOMAIN))
                    .edited("listeners: [{ address: \"127.0.0.1:0\" }]", "listeners: [{ address: \"127.0.0.1:0\" }, "
                            + "{ takes: returns, address: \"127.0.0.1:0\", proxy-from: [127.0.0.0/8] }]");
            try (var relay = PackagedRelay.run(folder.config(), Map.of("FACTEUR_JAVA_OPTIONS", ""))) {
                var addresses = addresses(relay, upstream, seconds);
                new ReturnFlood(relay, folder, port(relay), seconds, Integer.parseInt(arguments[1])).measure(addresses);
                System.out.println("exit " + relay.stop());
            }
        }
    }

    /// One thread, in this process.
    private static void read() {
        var keys = new ReturnKeys(List.of(new ReturnKey(0, ReturnKey.newSecret(new SecureRandom()), Instant.EPOCH)));
        var ours = new ReturnAddresses(new ReturnAddresses.Domains(DOMAIN, Optional.empty()), () -> keys);
        // Of a key that there is: the worst that a stranger can do.
        var forged = IntStream.range(0, 10_000).mapToObj(_ -> Forger.address(DOMAIN))
                .map(text -> Address.of(text.substring(0, 18) + "00" + text.substring(20))).toList();
        for (var round = 0; round < 4; round++) {
            var threads = ManagementFactory.getThreadMXBean();
            var start = threads.getCurrentThreadCpuTime();
            var count = 0L;
            var found = 0L;
            while (threads.getCurrentThreadCpuTime() - start < Duration.ofSeconds(2).toNanos()) {
                for (var address : forged) {
                    found += ours.read(address).isPresent() ? 1 : 0;
                }
                count += forged.size();
            }
            System.out.printf("forged addresses read in a second of one processor: %,d%s%n",
                    count * 1_000_000_000L / (threads.getCurrentThreadCpuTime() - start), found == 0 ? "" : ", some believed");
        }
    }

    private static List<String> addresses(PackagedRelay relay, ScriptedUpstream upstream, int count) throws IOException {
        try (var app = AppConnection.greeted(relay.port())) {
            for (var i = 0; i < count; i++) {
                if (!app.submit("<jan@dupont.example>", List.of("client@example.com"), RelayLoad.LETTER).isPositive()) {
                    throw new IOException("refused");
                }
            }
        }
        return upstream.awaitLetters(count).stream().map(letter -> letter.mail().replaceFirst("^[^<]*<([^>]*)>.*$", "$1")).toList();
    }

    private static int port(PackagedRelay relay) {
        var found = PORT.matcher(relay.said());
        if (!found.find()) {
            throw new IllegalStateException("no port for returns: " + relay.said());
        }
        return Integer.parseInt(found.group(1));
    }

    private void measure(List<String> addresses) throws IOException, InterruptedException {
        var load = new RelayLoad(relay, folder.state());
        var cpu = processorMillis();
        System.out.printf("before: RSS %d MB%n", load.residentMegabytes());
        var start = System.nanoTime();
        try (var timer = Executors.newSingleThreadScheduledExecutor(); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var next = addresses.iterator();
            var reports = timer.scheduleAtFixedRate(() -> threads.execute(() -> report(next.next())), 500, 1000, TimeUnit.MILLISECONDS);
            flood(start, threads);
            reports.cancel(false);
        }
        var took = (System.nanoTime() - start) / 1e9;
        System.out.printf("forged recipients refused: %,d in %.1f s, %,.0f a second; connections that failed: %d%n",
                refused.sum(), took, refused.sum() / took, failed.sum());
        System.out.printf("processors used by the relay: %.2f; after: RSS %d MB%n", (processorMillis() - cpu) / 1000.0 / took,
                load.residentMegabytes());
        synchronized (reportMillis) {
            System.out.printf("reports: %d, median %d ms (%d ms of it to the reply to RCPT), slowest %s ms; replies %s%n",
                    reportMillis.size(), RelayLoad.median(reportMillis), RelayLoad.median(recipientMillis),
                    reportMillis.stream().sorted(Comparator.reverseOrder()).limit(5).toList(), reportReplies.stream().distinct().limit(5).toList());
        }
        System.out.printf("lines in the log: %d; counted: %s%n",
                relay.said().lines().filter(line -> line.contains("event=recipient-refused")).count(),
                AdminPort.of(folder).get("/metrics").lines().filter(line -> line.startsWith("facteur_recipient_refused_total")).toList());
    }

    private void flood(long start, Executor threads) throws InterruptedException {
        var forger = new Forger(port, DOMAIN, NETWORKS);
        var slots = new Semaphore(AT_ONCE);
        var connections = (long) seconds * perSecond / Forger.GUESSES;
        for (var i = 0L; i < connections; i++) {
            var due = start + i * 1_000_000_000L * Forger.GUESSES / perSecond;
            while (System.nanoTime() < due) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            }
            slots.acquire();
            threads.execute(() -> {
                try {
                    refused.add(forger.guess());
                } catch (IOException e) {
                    failed.increment();
                } finally {
                    slots.release();
                }
            });
        }
        TimeUnit.NANOSECONDS.sleep(start + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime());
        slots.acquire(AT_ONCE);
    }

    /// A host that connects, and hands one report over.
    private void report(String address) {
        var start = System.nanoTime();
        var asked = start;
        String reply;
        try (var socket = Forger.connect(port, "192.0.2.25")) {
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var out = socket.getOutputStream();
            var _ = in.readLine();
            reply = "";
            for (var line : List.of("HELO mx.example", "MAIL FROM:<>", "RCPT TO:<" + address + ">", "DATA")) {
                out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                reply = String.valueOf(in.readLine());
                if (line.startsWith("RCPT")) {
                    asked = System.nanoTime();
                }
            }
            if (reply.startsWith("354")) {
                out.write(REPORT);
                out.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
                reply = String.valueOf(in.readLine());
            }
        } catch (IOException e) {
            reply = e.toString();
        }
        synchronized (reportMillis) {
            reportMillis.add((System.nanoTime() - start) / 1_000_000);
            recipientMillis.add((asked - start) / 1_000_000);
            reportReplies.add(reply.replaceFirst("queued as .*", "queued"));
        }
    }

    private long processorMillis() throws IOException {
        var fields = Files.readString(Path.of("/proc", Long.toString(relay.pid()), "stat")).replaceFirst("^.*\\) ", "").split(" ");
        // Of a hundredth of a second: utime and stime (proc(5)), counted from the field behind the name.
        return 10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
    }
}
