package facteur.warmup;

import facteur.access.AccessRole;
import facteur.access.Grant;
import facteur.access.Holder;
import facteur.access.NewSession;
import facteur.access.NewToken;
import facteur.access.Scope;
import facteur.access.SessionLimits;
import facteur.access.Sessions;
import facteur.access.Tokens;
import facteur.platform.database.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A program with a token and an operator with a browser. For one thread.
final class TrialPages implements AutoCloseable {
    private static final String API = "/api/v1";
    private static final int FIRST_ERROR = 400;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;
    private final String token;
    private final String cookie;

    /// @param state where the relay has its database open
    TrialPages(int port, Path state) throws IOException {
        this.port = port;
        var random = new SecureRandom();
        try (var database = Database.openBeside(state)) {
            var wanted = new NewToken("trial", Optional.empty(), Set.of(
                    Scope.SETTINGS_READ, Scope.SETTINGS_WRITE, Scope.CARDS_READ, Scope.CARDS_WRITE, Scope.DOMAINS_READ, Scope.LOG_READ),
                    Optional.empty(), Optional.empty());
            token = switch (new Tokens(database, InstantSource.system(), random).add(wanted, "warm-up")) {
                case Tokens.Addition.Made(var _, var text) -> text.reveal();
                case Tokens.Addition.NameTaken _ -> throw new IOException("the trial has a token already");
            };
            var operator = NewSession.of(new Holder.Federated("trial", "trial", "Trial"),
                    List.of(new Grant(Optional.empty(), AccessRole.OPERATOR)), "127.0.0.1", "warm-up");
            cookie = new Sessions(database, () -> SessionLimits.STANDARD, InstantSource.system(), random).begin(operator).cookie();
        } catch (SQLException failure) {
            throw new IOException(failure);
        }
    }

    /// @param isNew and must not be there yet
    void put(String path, String json, boolean isNew) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(at(API + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json));
        send(isNew ? request.header("If-None-Match", "*") : request);
    }

    void ask(String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(at(API + path)).header("Authorization", "Bearer " + token));
    }

    void look(String page) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(at(page)).header("Cookie", "facteur=" + cookie));
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var asked = request.build();
        var answer = http.send(asked, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= FIRST_ERROR) {
            throw new IOException(asked.uri() + ": " + answer.statusCode() + " " + answer.body().lines().limit(3).toList());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
