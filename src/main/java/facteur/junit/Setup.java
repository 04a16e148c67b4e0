package facteur.junit;

import facteur.platform.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/// What a relay starts with, besides its offices. One thread.
final class Setup {
    private record App(String name, List<String> offices) {}

    private final List<String> trusted = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();
    private Optional<App> app = Optional.empty();
    private Optional<IntSupplier> upstreamPort = Optional.empty();

    void trust(List<String> domains) {
        trusted.addAll(domains);
    }

    void configure(String more) {
        lines.append(more).append('\n');
    }

    void app(String name, List<String> offices) {
        app = Optional.of(new App(name, offices));
    }

    void upstream(IntSupplier port) {
        upstreamPort = Optional.of(port);
    }

    /// The text of `facteur.yaml`: keys that the test sets replace ours.
    ///
    /// @param offices that there are, the default first
    String yaml(Collection<String> offices) {
        var keys = new LinkedHashMap<String, Object>();
        keys.put("hostname", "relay.example.org");
        keys.put("shared-address", "inbox@shared.example");
        keys.put("state", "var");
        keys.put("listeners", List.of(Map.of("address", FacteurExtension.HOST + ":0")));
        keys.put("admin", Map.of("address", "off"));
        keys.put("apps", List.of(entry(app.orElseGet(() -> new App("local", any(offices))))));
        keys.put("domains", Map.of("trusted", trusted));
        keys.put("spool", Map.of("free-space", "16MB"));
        upstreamPort.ifPresent(port -> keys.put("upstreams", List.of(smarthost(port.getAsInt()))));
        var yaml = new StringBuilder();
        keys.forEach((key, value) -> {
            if (!isSaid(key)) {
                yaml.append(key).append(": ").append(Json.of(value).replace("\n", "")).append('\n');
            }
        });
        return yaml.append(lines).toString();
    }

    private boolean isSaid(String key) {
        return lines.toString().lines().anyMatch(line -> line.startsWith(key + ":"));
    }

    private static List<String> any(Collection<String> offices) {
        var any = new LinkedHashSet<>(offices);
        any.add("*");
        return List.copyOf(any);
    }

    private static Map<String, Object> entry(App app) {
        return Map.of("name", app.name(), "networks", List.of("127.0.0.0/8"), "offices", app.offices());
    }

    /// Patient enough for a machine under load, and short enough that a stalled upstream doesn't hold up the end of a test. Test
    /// servers take 8-bit letters, though few say so (GreenMail doesn't).
    private static Map<String, Object> smarthost(int port) {
        return Map.of(
                "name", "smarthost",
                "kind", "smtp",
                "address", FacteurExtension.HOST + ":" + port,
                "tls", "none",
                "eight-bit", "send",
                "timeouts", Map.of("command", "5s", "end-of-data", "5s"));
    }
}
