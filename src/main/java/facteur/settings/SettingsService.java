package facteur.settings;

import facteur.platform.http.HttpAnswer;
import facteur.platform.http.HttpLimits;
import facteur.platform.http.HttpService;
import java.net.http.HttpRequest;
import java.util.Optional;

/// The company's service, asked by GET. Thread-safe; blocks the caller, no longer than the timeout.
final class SettingsService implements AutoCloseable {
    private final HttpSettings settings;
    private final HttpService service;

    SettingsService(HttpSettings settings) {
        this.settings = settings;
        this.service = new HttpService(new HttpLimits(
                settings.timeout(), settings.connectTimeout(), (int) settings.responseSize().bytes()));
    }

    /// @param path percent-encoded, a slash first
    /// @param known what we hold; the service may say that it is unchanged
    SourceAnswer get(String path, Optional<HttpTag> known) {
        var question = HttpRequest.newBuilder(settings.at(path)).GET();
        settings.token().ifPresent(token -> question.header("Authorization", "Bearer " + token.reveal()));
        known.ifPresent(tag -> question.header("If-None-Match", tag.field()));
        return switch (service.ask(question)) {
            case HttpAnswer.Came(var response) -> SourceAnswer.of(response);
            case HttpAnswer.Failed(var why) -> new SourceAnswer.Failed(why);
        };
    }

    /// Ends exchanges in progress.
    @Override
    public void close() {
        service.close();
    }
}
