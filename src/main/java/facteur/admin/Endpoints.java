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
    /// The relevant part of a request.
    ///
    /// @param query behind the question mark, undecoded; may be empty
    /// @param accept the field Accept; may be empty
    record Request(String query, String accept) {}

    /// What a request is for; [Access] decides who may. READ shows replies of upstreams. GET always includes HEAD (RFC 9110
    /// §9.1).
    enum Act {
        PROBE("GET, HEAD"),
        LOOK("GET, HEAD"),
        READ("GET, HEAD"),
        CONTROL("POST");

        private final String methods;

        Act(String methods) {
            this.methods = methods;
        }

        boolean is(String method) {
            return switch (this) {
                case PROBE, LOOK, READ -> method.equals("GET") || method.equals("HEAD");
                case CONTROL -> method.equals("POST");
            };
        }

        /// For the field Allow.
        String methods() {
            return methods;
        }
    }

    @FunctionalInterface
    interface Handler {
        AdminResponse answer(Request request);
    }

    record Route(Act act, Handler handler) {}

    private static final String OFFICE = "office=";
    private static final String NAME = "name=";
    private static final String ADDRESS = "address=";

    private final DaemonControl control;
    private final PrometheusRegistry registry;
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Map<String, Route> routes;

    Endpoints(DaemonControl control, PrometheusRegistry registry) {
        this.control = control;
        this.registry = registry;
        this.routes = Map.of(
                "/health/live", new Route(Act.PROBE, _ -> AdminResponse.json(200, Map.of("status", "up"))),
                "/health/ready", new Route(Act.LOOK, _ -> control.health().answer()),
                "/status", new Route(Act.READ, _ -> control.status().answer()),
                "/metrics", new Route(Act.LOOK, this::metrics),
                "/settings/evict", new Route(Act.CONTROL, this::evict),
                "/upstream/wake", new Route(Act.CONTROL, this::wake),
                "/login/unlock", new Route(Act.CONTROL, this::unlock),
                "/reload", new Route(Act.CONTROL, _ -> reload()));
    }

    /// @param path as it was sent
    Optional<Route> at(String path) {
        return Optional.ofNullable(routes.get(path));
    }

    /// Records a command that was carried out.
    void acted(String operator, String command) {
        control.acted(operator, command);
    }

    private AdminResponse metrics(Request request) {
        var writer = formats.findWriter(request.accept());
        var text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("can't write to memory", e);
        }
        return new AdminResponse(200, writer.getContentType(), text.toByteArray(), Map.of());
    }

    private AdminResponse evict(Request request) {
        if (request.query().isEmpty()) {
            return evicted(control.evictAll(), List.of());
        }
        if (!request.query().startsWith(OFFICE)) {
            return AdminResponse.error(400, "the query is office=, or nothing");
        }
        // An id has no character that needs percent-encoding.
        var office = OfficeId.parse(request.query().substring(OFFICE.length()));
        if (office.isEmpty()) {
            return AdminResponse.error(400, "not an office id");
        }
        return switch (control.evict(office.get())) {
            case EvictResult.NoOffice() -> AdminResponse.error(400, "there is no office " + office.get());
            case EvictResult.Done(var entries, var troubles) -> evicted(entries, troubles);
        };
    }

    private static AdminResponse evicted(int count, List<String> troubles) {
        var members = new LinkedHashMap<String, Object>();
        members.put("evicted", count);
        members.put("troubles", troubles);
        return AdminResponse.json(200, members);
    }

    private AdminResponse wake(Request request) {
        if (!request.query().startsWith(NAME)) {
            return AdminResponse.error(400, "the query is name=");
        }
        try {
            return control.wake(URLDecoder.decode(request.query().substring(NAME.length()), StandardCharsets.UTF_8)).answer();
        } catch (IllegalArgumentException badEscape) {
            return AdminResponse.error(400, "the query is name=, percent-encoded");
        }
    }

    private AdminResponse unlock(Request request) {
        if (!request.query().startsWith(ADDRESS)) {
            return AdminResponse.error(400, "the query is address=");
        }
        try {
            var network = Network.parse(URLDecoder.decode(request.query().substring(ADDRESS.length()), StandardCharsets.UTF_8));
            return AdminResponse.json(200, Map.of("unlocked", control.unlock(network)));
        } catch (IllegalArgumentException problem) {
            return AdminResponse.error(400, String.valueOf(problem.getMessage()));
        }
    }

    private AdminResponse reload() {
        var outcome = control.reload();
        return AdminResponse.json(switch (outcome) {
            case ReloadResult.Applied _ -> 200;
            case ReloadResult.Refused _ -> 422;
        }, Health.members(outcome));
    }
}
