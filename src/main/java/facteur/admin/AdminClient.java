package facteur.admin;

import facteur.platform.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Sends requests to the admin port of a daemon on this machine. For one thread.
public final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /// Longer than the daemon takes for any answer.
    private static final Duration POST = Duration.ofSeconds(90);
    private static final Duration GET = Duration.ofSeconds(20);

    /// An answer of the daemon.
    ///
    /// @param status of HTTP
    /// @param text as it was sent
    /// @param json the same, parsed; without members when it is no JSON object
    public record Answer(int status, String text, JsonObject json) {}

    /// Says who asks. Believed with the token of the state folder only.
    static final String OPERATOR = "X-Facteur-Operator";

    private final AdminAccess access;
    private final String operator;

    /// @param operator US-ASCII
    public AdminClient(AdminAccess access, String operator) {
        this.access = access;
        this.operator = operator;
    }

    /// @param path with its query
    /// @throws IOException when there is no answer
    public Answer post(String path) throws IOException {
        return send(request(path).timeout(POST).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    /// @throws IOException when there is no answer
    public Answer get(String path) throws IOException {
        return send(request(path).timeout(GET).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + access.address() + path))
                .header("Authorization", access.authorization())
                .header(OPERATOR, operator);
    }

    private static Answer send(HttpRequest request) throws IOException {
        // No proxy: the token stays on this machine.
        try (var client = HttpClient.newBuilder().connectTimeout(CONNECT).proxy(HttpClient.Builder.NO_PROXY).build()) {
            var response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), JsonObject.parse(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
