package facteur.route;

import facteur.mail.letter.Addressed;
import facteur.mail.letter.RouteId;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which letters leave by which upstreams. Thread-safe: nothing here changes but the upstreams themselves.
public final class Routes {
    /// @param rule that a letter has to fit
    record Way(RouteRule rule, Route route) {}

    private final List<Way> ways;
    private final Route sandbox;
    private final Map<RouteId, Route> byId = new LinkedHashMap<>();

    /// @param ways in the order in which they are looked at; the last is for everything
    /// @param sandbox for letters that are not to leave
    Routes(List<Way> ways, Route sandbox) {
        this.ways = List.copyOf(ways);
        this.sandbox = sandbox;
        ways.forEach(way -> byId.putIfAbsent(way.route().id(), way.route()));
        byId.putIfAbsent(sandbox.id(), sandbox);
    }

    /// Every route once.
    public Collection<Route> all() {
        return List.copyOf(byId.values());
    }

    public RouteId sandbox() {
        return sandbox.id();
    }

    /// The recipients of a letter by the routes that they are reached on, in the order of the envelope.
    public Map<RouteId, List<ForwardPath>> byRoute(Addressed letter) {
        var open = open(letter);
        var byRoute = new LinkedHashMap<RouteId, List<ForwardPath>>();
        for (var recipient : letter.recipients()) {
            byRoute.computeIfAbsent(choose(open, recipient), _ -> new ArrayList<>()).add(recipient);
        }
        return byRoute;
    }

    /// One route for all of a letter's recipients: that of the first.
    public RouteId choose(Addressed letter) {
        return letter.recipients().stream()
                .findFirst()
                .map(recipient -> choose(open(letter), recipient))
                .orElseGet(() -> ways.getLast().route().id());
    }

    /// Those that the letter fits, looked at once for all its recipients.
    private List<Way> open(Addressed letter) {
        return ways.stream().filter(way -> way.rule().takes(letter)).toList();
    }

    private RouteId choose(List<Way> open, ForwardPath recipient) {
        return open.stream()
                .filter(way -> way.rule().reaches(recipient))
                .findFirst()
                .orElseGet(ways::getLast)
                .route()
                .id();
    }

    /// What the header of an office's letter may hold on every route that may match.
    public HeaderEncoding encoding(String office) {
        return ways.stream()
                .filter(way -> way.rule().mayTake(office))
                .map(way -> way.route().encoding())
                .reduce(HeaderEncoding.UTF8, HeaderEncoding::and);
    }
}
