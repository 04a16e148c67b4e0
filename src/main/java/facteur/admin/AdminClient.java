package facteur.admin;

import facteur.platform.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/// Asks and steers a daemon that runs on this machine. For one thread.
public final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /// Longer than the daemon takes for an answer to each.
    private static final Duration POST = Duration.ofSeconds(90);
    private static final Duration GET = Duration.ofSeconds(20);

    /// What the daemon said.
    ///
    /// @param status of HTTP
    public record Said(int status, String text) {
        /// The values of a member of the answer; empty when it has none of that name.
        public List<String> all(String member) {
            return JsonObject.parse(text).texts(member);
        }
    }

    /// Says who asks. It counts with the token of the state folder only.
    static final String OPERATOR = "X-Facteur-Operator";

    private final AdminAccess access;
    private final String operator;

    /// @param operator US-ASCII
    public AdminClient(AdminAccess access, String operator) {
        this.access = access;
        this.operator = operator;
    }

    /// @param path with its query
    /// @throws IOException when nobody answers
    public Said post(String path) throws IOException {
        return say(request(path).timeout(POST).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    /// @throws IOException when nobody answers
    public Said get(String path) throws IOException {
        return say(request(path).timeout(GET).GET().build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + access.address() + path))
                .header("Authorization", access.authorization())
                .header(OPERATOR, operator);
    }

    private static Said say(HttpRequest request) throws IOException {
        // No proxy: the token stays on this machine.
        try (var client = HttpClient.newBuilder().connectTimeout(CONNECT).proxy(HttpClient.Builder.NO_PROXY).build()) {
            var response = client.send(request, BodyHandlers.ofString());
            return new Said(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
