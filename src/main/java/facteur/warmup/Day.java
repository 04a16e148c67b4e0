package facteur.warmup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// What a relay meets in a day, a few thousand letters of it: queued and passed through, in clear and over TLS with a login, signed and
/// not, small and large, refused, deferred, handed over twice, come back; and the API and the pages.
///
/// Enough of each that Java compiles what it would on a real day, and notes with which types and branches. More letters make no start
/// faster: a method that was compiled with all optimizations here is compiled so early there.
final class Day {
    private static final int LETTERS = 3_000;
    private static final int CONNECTIONS = 20;
    private static final int SECURED_LETTERS = 600;
    private static final int SECURED_CONNECTIONS = 4;
    private static final int FEW = 20;
    private static final int LARGE = 600_000;
    private static final int PAGES = 4;
    private static final String RETURNED = "client@client.example";

    /// After this time a flow of letters ends with what it has sent, so that a slow machine isn't busy with it for minutes.
    private static final Duration LONGEST_FLOW = Duration.ofSeconds(15);

    private static final long GLANCE_MILLIS = 20;
    private static final Duration LAST_LETTER = Duration.ofSeconds(10);

    private final TrialRelay relay;
    private final TrialFiles files;
    private final TrialUpstream upstream;
    private final int part;

    /// @param part one in so many of the letters are sent, and at least one on each connection
    Day(TrialRelay relay, TrialFiles files, TrialUpstream upstream, int part) {
        this.part = part;
        this.relay = relay;
        this.files = files;
        this.upstream = upstream;
    }

    void play() throws IOException, InterruptedException {
        var ports = relay.appPorts();
        flow(LETTERS, CONNECTIONS, _ -> TrialApp.in(ports.get(0)), Day::plain);
        flow(SECURED_LETTERS, SECURED_CONNECTIONS, _ -> TrialApp.secured(ports.get(1), upstream.context()), Day::invoice);
        few(ports.get(0));
        awaitLast();

        files.afternoon();
        relay.reload();
        var console = relay.consolePort();
        try (var pages = new TrialPages(console, files.folder())) {
            for (var office : new String[] {TrialFiles.PLAIN, TrialFiles.SIGNER}) {
                pages.put("/offices/" + office, TrialFiles.office(office), true);
                pages.put("/offices/" + office + "/relations/R-1", TrialFiles.card(office), false);
            }
            flow(SECURED_LETTERS, CONNECTIONS, _ -> TrialApp.in(ports.get(0)), Day::returning);
            few(ports.get(0));
            comeBack(files.returnsPort());
            read(pages);
        }
        awaitLast();
    }

    /// Opens a connection.
    @FunctionalInterface
    private interface Opening {
        TrialApp open(int number) throws IOException;
    }

    /// Sends one letter.
    @FunctionalInterface
    private interface Sending {
        void send(TrialApp app, int number) throws IOException;
    }

    private void flow(int letters, int connections, Opening opening, Sending sending) throws IOException, InterruptedException {
        var end = System.nanoTime() + LONGEST_FLOW.toNanos();
        var each = Math.max(1, letters / connections / part);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var senders = new ArrayList<Future<?>>();
            for (var i = 0; i < connections; i++) {
                var first = i * each;
                senders.add(threads.submit(() -> {
                    try (var app = opening.open(first)) {
                        for (var number = first; number < first + each && System.nanoTime() < end; number++) {
                            sending.send(app, number);
                        }
                    }
                    return null;
                }));
            }
            for (var sender : senders) {
                sender.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        }
    }

    private static void plain(TrialApp app, int number) throws IOException {
        app.send(TrialLetters.sender(TrialFiles.PLAIN), "client" + number % FEW + "@client.example", TrialLetters.plain(TrialFiles.PLAIN));
    }

    /// Signed, by turns over TLS to the upstream.
    private static void invoice(TrialApp app, int number) throws IOException {
        app.send(
                TrialLetters.sender(TrialFiles.SIGNER),
                "client@" + (number % 2 == 0 ? "secured" : "client") + ".example",
                TrialLetters.invoice(TrialFiles.SIGNER, "flow-" + number + "-" + System.nanoTime()));
    }

    /// To the recipient that reports are about.
    private static void returning(TrialApp app, int number) throws IOException {
        app.send(
                TrialLetters.sender(TrialFiles.SIGNER),
                RETURNED,
                TrialLetters.invoice(TrialFiles.SIGNER, "flow-" + number + "-" + System.nanoTime()));
    }

    /// Of each what is rarer.
    private void few(int port) throws IOException {
        var sender = TrialLetters.sender(TrialFiles.PLAIN);
        for (var i = 0; i < Math.max(1, FEW / part); i++) {
            try (var app = TrialApp.in(port)) {
                app.send(sender, "client@client.example", TrialLetters.large(TrialFiles.PLAIN, LARGE));
                app.sendInBlocks(sender, TrialLetters.invoice(TrialFiles.PLAIN, "blocks-" + i), "client@client.example", "client@secured.example");
                app.send(sender, "nobody@client.example", TrialLetters.plain(TrialFiles.PLAIN));
                app.send(sender, "later" + i + "@client.example", TrialLetters.plain(TrialFiles.PLAIN));
                var twice = TrialLetters.invoice(TrialFiles.PLAIN, "twice-" + i);
                app.send(sender, "client@client.example", twice);
                app.send(sender, "client@client.example", twice);
            }
        }
    }

    /// Reports of hosts beyond the upstream.
    private void comeBack(int port) throws IOException {
        for (var i = 0; i < Math.max(1, FEW / part); i++) {
            var address = upstream.returnAddress();
            if (address != null) {
                try (var host = TrialApp.in(port)) {
                    host.send("", address, TrialLetters.report(RETURNED));
                }
            }
        }
    }

    private void read(TrialPages pages) throws IOException, InterruptedException {
        IntFunction<String> office = i -> i % 2 == 0 ? TrialFiles.PLAIN : TrialFiles.SIGNER;
        for (var i = 0; i < Math.max(1, PAGES / part); i++) {
            for (var path : new String[] {"", "/versions", "/relations", "/domains", "/letters", "/addresses"}) {
                pages.ask("/offices/" + office.apply(i) + path);
            }
            for (var page : new String[] {"mail", "clients", "people", "domains", "history", "log"}) {
                pages.look("/o/" + office.apply(i) + "/" + page);
            }
            for (var page : new String[] {"status", "queue", "log", "upstreams", "domains", "offices"}) {
                pages.look("/" + page);
            }
        }
    }

    /// Until nothing more arrives for a second, or not much longer.
    private void awaitLast() throws InterruptedException {
        var end = System.nanoTime() + LAST_LETTER.toNanos();
        var seen = -1;
        var since = System.nanoTime();
        while (System.nanoTime() < end && System.nanoTime() - since < Duration.ofSeconds(1).toNanos()) {
            if (upstream.taken() != seen) {
                seen = upstream.taken();
                since = System.nanoTime();
            }
            Thread.sleep(GLANCE_MILLIS);
        }
    }
}
