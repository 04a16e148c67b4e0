package facteur.admin;

import facteur.app.Network;
import facteur.office.OfficeId;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The paths of the admin port. Immutable.
final class Endpoints {
    /// What a request says that matters here.
    ///
    /// @param query behind the question mark, as it was sent; empty when there is none
    /// @param accept the field Accept; empty when there is none
    record Question(String query, String accept) {}

    /// What is asked for; [Access] says of whom. Reading shows what upstreams said of letters. GET never comes without HEAD
    /// (RFC 9110 §9.1).
    enum Act {
        PROBE("GET, HEAD"),
        LOOK("GET, HEAD"),
        READ("GET, HEAD"),
        STEER("POST");

        private final String methods;

        Act(String methods) {
            this.methods = methods;
        }

        boolean is(String method) {
            return switch (this) {
                case PROBE, LOOK, READ -> method.equals("GET") || method.equals("HEAD");
                case STEER -> method.equals("POST");
            };
        }

        /// For the field Allow.
        String methods() {
            return methods;
        }
    }

    @FunctionalInterface
    interface Handler {
        AdminResponse answer(Question question);
    }

    record Route(Act act, Handler handler) {}

    private static final String OFFICE = "office=";
    private static final String NAME = "name=";
    private static final String ADDRESS = "address=";

    private final DaemonControl steering;
    private final PrometheusRegistry registry;
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Map<String, Route> routes;

    Endpoints(DaemonControl steering, PrometheusRegistry registry) {
        this.steering = steering;
        this.registry = registry;
        this.routes = Map.of(
                "/health/live", new Route(Act.PROBE, _ -> AdminResponse.json(200, Map.of("status", "up"))),
                "/health/ready", new Route(Act.LOOK, _ -> steering.health().answer()),
                "/status", new Route(Act.READ, _ -> steering.status().answer()),
                "/metrics", new Route(Act.LOOK, this::metrics),
                "/settings/evict", new Route(Act.STEER, this::evict),
                "/upstream/wake", new Route(Act.STEER, this::wake),
                "/login/unlock", new Route(Act.STEER, this::unlock),
                "/reload", new Route(Act.STEER, _ -> reload()));
    }

    /// @param path as it was sent
    Optional<Route> at(String path) {
        return Optional.ofNullable(routes.get(path));
    }

    /// Every path that steers is recorded when it has.
    void acted(String operator, String command) {
        steering.acted(operator, command);
    }

    private AdminResponse metrics(Question question) {
        var writer = formats.findWriter(question.accept());
        var text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return new AdminResponse(200, writer.getContentType(), text.toByteArray(), Map.of());
    }

    private AdminResponse evict(Question question) {
        if (question.query().isEmpty()) {
            return evicted(steering.evictAll(), List.of());
        }
        if (!question.query().startsWith(OFFICE)) {
            return AdminResponse.error(400, "the query is office=, or nothing");
        }
        // An id has no character that would be percent-encoded.
        var office = OfficeId.parse(question.query().substring(OFFICE.length()));
        if (office.isEmpty()) {
            return AdminResponse.error(400, "not an office id");
        }
        return switch (steering.evict(office.get())) {
            case EvictResult.NoOffice() -> AdminResponse.error(400, "there is no office " + office.get());
            case EvictResult.Done(var answers, var troubles) -> evicted(answers, troubles);
        };
    }

    private static AdminResponse evicted(int count, List<String> troubles) {
        var members = new LinkedHashMap<String, Object>();
        members.put("evicted", count);
        members.put("troubles", troubles);
        return AdminResponse.json(200, members);
    }

    private AdminResponse wake(Question question) {
        if (!question.query().startsWith(NAME)) {
            return AdminResponse.error(400, "the query is name=");
        }
        try {
            return steering.wake(URLDecoder.decode(question.query().substring(NAME.length()), StandardCharsets.UTF_8)).answer();
        } catch (IllegalArgumentException badEscape) {
            return AdminResponse.error(400, "the query is name=, percent-encoded");
        }
    }

    private AdminResponse unlock(Question question) {
        if (!question.query().startsWith(ADDRESS)) {
            return AdminResponse.error(400, "the query is address=");
        }
        try {
            var network = Network.parse(URLDecoder.decode(question.query().substring(ADDRESS.length()), StandardCharsets.UTF_8));
            return AdminResponse.json(200, Map.of("unlocked", steering.unlock(network)));
        } catch (IllegalArgumentException problem) {
            return AdminResponse.error(400, String.valueOf(problem.getMessage()));
        }
    }

    private AdminResponse reload() {
        var outcome = steering.reload();
        return AdminResponse.json(switch (outcome) {
            case ReloadResult.TakenOver _ -> 200;
            case ReloadResult.Kept _ -> 422;
        }, Health.members(outcome));
    }
}
