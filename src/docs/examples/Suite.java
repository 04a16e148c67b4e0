import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An accounting suite in one file: `java Suite.java martin`, with FACTEUR_API and FACTEUR_TOKEN in the environment. It has no JSON
/// library, as yours has, so it prints what it was answered.
public final class Suite {
    private static final String MERGE = "application/merge-patch+json";
    private static final String SETTINGS = """
            {"company": "Cabinet Martin <office@martin.example>", "contexts": {"invoice": {"reply-to": "responsible"}}}""";
    private static final Pattern ID = Pattern.compile("\"id\": \"([0-9a-z]{16})\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI office;

    private Suite(URI office) {
        this.office = office;
    }

    public static void main(String[] args) throws Exception {
        new Suite(URI.create(System.getenv("FACTEUR_API") + "/offices/" + args[0])).run();
    }

    private void run() throws Exception {
        var saved = ask("PUT", office, "application/json", SETTINGS, "If-None-Match", "*");
        if (saved.statusCode() == 412) {
            saved = ask("PATCH", office, MERGE, SETTINGS); // it is there already
        }
        print(saved);

        // All clients, in pieces; those that are named in none of them are gone.
        var push = office.resolve(print(ask("POST", below("/relations/pushes"), "", "")).headers().firstValue("Location").orElseThrow());
        for (var first : new int[] {1, 5001}) {
            print(ask("POST", push, "application/x-ndjson", IntStream.range(first, first + 5000)
                    .mapToObj("{\"relation\":\"R-%1$d\",\"name\":\"Client %1$d\",\"responsible\":[\"Jan Janssens <jan@martin.example>\"]}"::formatted)
                    .collect(Collectors.joining("\n"))));
        }
        print(ask("POST", URI.create(push + "/finish?rest=delete"), "", ""));

        print(ask("PATCH", below("/relations/R-42"), MERGE, "{\"responsible\": \"An Peeters <an@martin.example>\"}"));

        // The latest letter, and why it has its From and Reply-To.
        var id = ID.matcher(print(ask("GET", below("/letters?limit=1"), "", "")).body());
        while (id.find()) {
            print(ask("GET", below("/letters/" + id.group(1)), "", ""));
        }
    }

    private URI below(String path) {
        return URI.create(office + path);
    }

    /// What is said twice is done once, so a failure is answered by saying it again.
    private HttpResponse<String> ask(String method, URI uri, String type, String body, String... fields) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri)
                .method(method, body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + System.getenv("FACTEUR_TOKEN"));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (fields.length > 0) {
            request.headers(fields);
        }
        for (var attempt = 1;; attempt++) {
            var wait = attempt;
            try {
                var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 429 && answer.statusCode() != 503 || attempt == 5) {
                    return answer;
                }
                wait = answer.headers().firstValue("Retry-After").map(Integer::valueOf).orElse(attempt);
            } catch (IOException away) {
                if (attempt == 5) {
                    throw away;
                }
            }
            Thread.sleep(1000L * wait);
        }
    }

    private static HttpResponse<String> print(HttpResponse<String> answer) {
        System.out.println(answer.statusCode() + " " + answer.body());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException("refused: " + answer.body());
        }
        return answer;
    }
}
