package facteur.browser;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;
import facteur.access.NewSession;
import facteur.fixture.Folders;
import facteur.fixture.MemoryFolders;
import facteur.store.Author;
import facteur.store.CardImport;
import facteur.store.Via;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How heavy and how quick the page of mail settings is, at an office with 1,200 cards and 500 letters: the server's time, what a first
/// and a second visit load, and when the page is painted with the processor slowed four times. Prints a line each, with the limit.
///
/// Server and browser share the machine; a busy one shows in the slowest first.
final class PageSpeed {
    private static final int CARDS = 1_200;
    private static final int LETTERS = 500;
    private static final int WARM_UP = 300;
    private static final int REQUESTS = 500;

    /// A session may ask twenty times per second, and a person have ten of them.
    private static final int SESSIONS = 20;
    private static final int PAINTS = 9;
    private static final int SLOWED = 4;
    private static final String MAIL = "/o/dupont/mail";

    private static final String LARGEST_PAINT = """
            () => new Promise(resolve => new PerformanceObserver(list => resolve(list.getEntries().at(-1).startTime))
                .observe({type: 'largest-contentful-paint', buffered: true}))""";

    private static final String FORM = "() => new URLSearchParams(new FormData(document.querySelector('main form[method=post]'))).toString()";

    private final ConsoleDaemon console;

    private PageSpeed(ConsoleDaemon console) {
        this.console = console;
    }

    public static void main(String[] arguments) throws Exception {
        var folder = MemoryFolders.create("facteur-pages-");
        try (var console = ConsoleDaemon.start(folder)) {
            var speed = new PageSpeed(console);
            speed.prepare(folder);
            speed.measureServer();
            speed.measureVisits();
            speed.measurePaint();
        } finally {
            Folders.delete(folder);
        }
    }

    private void prepare(Path folder) throws Exception {
        var cards = IntStream.range(0, CARDS)
                .mapToObj(
                        i -> "{\"relation\": \"S-" + i + "\", \"name\": \"Client " + i + "\", \"responsible\": [\"An Peeters <an@dupont.example>\"]}")
                .collect(Collectors.joining("\n"));
        var options = new CardImport.Options(CardImport.Format.NDJSON, CardImport.Mode.MERGE, CardImport.OnError.REFUSE);
        var _ = console.store().imports().run(
                ConsoleDaemon.DUPONT, Files.writeString(folder.resolve("more.ndjson"), cards), options, new Author(Via.API, "suite", "", "", ""));
        for (var i = 0; i < LETTERS; i++) {
            var _ = console.send("X-Context: " + List.of("task", "invoice", "reminder").get(i % 3) + "\r\nX-Relation-Id: S-" + i + "\r\n");
        }
    }

    private void measureServer() throws Exception {
        var tab = console.open(new Browser(), Look.DESK, As.ADMIN, MAIL);
        var form = (String) tab.page().evaluate(FORM);
        tab.close();
        var cookies = cookies();
        try (var http = HttpClient.newHttpClient()) {
            var get = cookies.stream()
                    .map(cookie -> HttpRequest.newBuilder(URI.create(console.url(MAIL))).header("Cookie", cookie).build())
                    .toList();
            print(http, "page", get, 30);
            print(http, "preview", posts(MAIL + "/preview", form, cookies), 30);
            print(http, "replay of " + LETTERS, posts(MAIL + "/replay", form, cookies), 500);
        }
    }

    private List<String> cookies() throws SQLException {
        var cookies = new ArrayList<String>();
        for (var i = 0; i < SESSIONS; i++) {
            var person = console.persons().find((i % 2 == 0 ? As.ADMIN : As.COLLEAGUE).login()).orElseThrow();
            cookies.add("facteur=" + console.sessions().begin(NewSession.of(person, false, "127.0.0.1", "bench")).cookie());
        }
        return cookies;
    }

    private List<HttpRequest> posts(String path, String form, List<String> cookies) {
        return cookies.stream().map(cookie -> HttpRequest.newBuilder(URI.create(console.url(path)))
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .header("HX-Request", "true")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build()).toList();
    }

    /// Times are those of the peer: the way over loopback is part of them. The sessions take turns.
    private static void print(HttpClient http, String what, List<HttpRequest> requests, int limit) throws IOException, InterruptedException {
        var millis = new ArrayList<Double>();
        var size = 0;
        for (var i = 0; i < WARM_UP + REQUESTS; i++) {
            var start = System.nanoTime();
            var response = http.send(requests.get(i % requests.size()), HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(what + ": " + response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
            }
            if (i >= WARM_UP) {
                millis.add((System.nanoTime() - start) / 1e6);
                size = response.body().length;
            }
        }
        var sorted = millis.stream().sorted().toList();
        System.out.printf(Locale.ROOT, "%-16s median %7.1f ms, 95 %% within %7.1f ms (limit %d), %d octets%n", what, sorted.get(REQUESTS / 2),
                sorted.get(REQUESTS * 95 / 100), limit, size);
    }

    private void measureVisits() throws Exception {
        try (var tab = console.open(new Browser(), Look.DESK, As.ADMIN, "/health")) {
            System.out.printf(Locale.ROOT, "%-16s %7.1f KB over the wire (limit 60)%n", "first visit", loaded(tab) / 1024.0);
            System.out.printf(Locale.ROOT, "%-16s %7.1f KB over the wire (limit 12)%n", "second visit", loaded(tab) / 1024.0);
        }
    }

    /// Header and body of each answer, as they came in.
    private long loaded(Tab tab) {
        var octets = new long[1];
        var tools = tab.page().context().newCDPSession(tab.page());
        tools.on("Network.loadingFinished", event -> octets[0] += event.get("encodedDataLength").getAsLong());
        tools.send("Network.enable");
        tab.page().navigate(console.url(MAIL), new Page.NavigateOptions().setWaitUntil(WaitUntilState.NETWORKIDLE));
        tools.detach();
        return octets[0];
    }

    private void measurePaint() throws Exception {
        var millis = new ArrayList<Double>();
        for (var i = 0; i < PAINTS; i++) {
            try (var tab = console.open(new Browser(), Look.DESK, As.ADMIN, "/health")) {
                var slower = new JsonObject();
                slower.addProperty("rate", SLOWED);
                var _ = tab.page().context().newCDPSession(tab.page()).send("Emulation.setCPUThrottlingRate", slower);
                tab.go(console.url(MAIL));
                millis.add(((Number) tab.page().evaluate(LARGEST_PAINT)).doubleValue());
            }
        }
        var sorted = millis.stream().sorted().toList();
        System.out.printf(Locale.ROOT, "%-16s median %7.0f ms, most %7.0f ms (limit 1000), processor slowed %d times%n", "largest paint",
                sorted.get(PAINTS / 2), sorted.getLast(), SLOWED);
    }
}
