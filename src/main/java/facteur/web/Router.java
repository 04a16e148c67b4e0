package facteur.web;

import facteur.platform.http.HostField;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leads a request to its route, and makes an answer of all that can go wrong. Thread-safe.
public final class Router {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    /// For probes, which know an address and no name. It tells nothing to a page that got here by a name of its own.
    public static final String HEALTH = "/health";

    private static final String API = "/api";

    /// For proxies, and for echoes of what one adds (RFC 9110 §9.3.6, §9.3.8): no path takes them.
    private static final Set<String> NOT_FOR_ORIGINS = Set.of("CONNECT", "TRACE");

    /// An answer, and how it came about.
    ///
    /// @param path as it may be shown
    /// @param route empty when there is none for that path and method
    /// @param client whose request it was
    /// @param caller as whom it was let in; empty when it was not
    public record Routed(Answer answer, String path, Optional<Route> route, InetAddress client, String caller) {}

    private record Led(Answer answer, Optional<Route> route) {
        static Led nowhere(Answer answer) {
            return new Led(answer, Optional.empty());
        }
    }

    private record Match(Route route, Map<String, String> variables) {}

    private final Site site;
    private final Supplier<Frontage> frontage;

    public Router(Site site, Supplier<Frontage> frontage) {
        this.site = site;
        this.frontage = frontage;
    }

    /// @param peer of the connection
    public Routed answer(RequestHead head, InetAddress peer, InputStream body) {
        var now = frontage.get();
        var client = now.client(peer, head.fields("X-Forwarded-For"));
        var arePagesOn = site.arePagesOn().getAsBoolean();
        var caller = new Caller();
        var led = led(new Arrival(head, now, client, body), caller, arePagesOn);
        var answer = arePagesOn ? shown(led.answer(), head) : led.answer();
        return new Routed(answer, shownPath(head), led.route(), client, caller.name());
    }

    private Led led(Arrival arrival, Caller caller, boolean arePagesOn) {
        var head = arrival.head();
        var misdirected = misdirected(head, arrival.frontage());
        if (misdirected.isPresent()) {
            return Led.nowhere(misdirected.get().answer());
        }
        var matches = matches(head, arePagesOn);
        var found = matches.stream().filter(match -> match.route().takes(head.method())).findFirst();
        if (found.isEmpty()) {
            var isPath = !matches.isEmpty() || NOT_FOR_ORIGINS.contains(head.method());
            return Led.nowhere(isPath ? wrongMethod(matches) : noPath());
        }
        return new Led(answer(found.get(), arrival, caller), Optional.of(found.get().route()));
    }

    /// A refusal as a page, where people look at it.
    private Answer shown(Answer answer, RequestHead head) {
        if (answer.problem().isEmpty() || isForPrograms(head.path())) {
            return answer;
        }
        try {
            return answer.shownAs(site.refusals().page(head, answer.problem().get()));
        } catch (RuntimeException fault) {
            LOG.error("no page for {}", answer.status(), fault);
            return answer;
        }
    }

    /// Also when it is refused: the link in it is still good then.
    String shownPath(RequestHead head) {
        var path = head.path().startsWith("/") ? PathPattern.split(head.path()) : List.<String>of();
        return site.pages().stream()
                .flatMap(route -> route.pattern().withoutSecret(path).stream())
                .findFirst()
                .orElse(head.path());
    }

    private static boolean isForPrograms(String path) {
        return path.equals(HEALTH) || path.equals(API) || path.startsWith(API + "/");
    }

    private static Optional<ProblemDetails> misdirected(RequestHead head, Frontage frontage) {
        var hosts = head.fields("Host");
        if (hosts.size() != 1) { // RFC 9112 §3.2
            return Optional.of(ProblemDetails.of(400, "host.missing", "Host", "one field Host is needed"));
        }
        if (head.isLengthOdd()) {
            return Optional.of(ProblemDetails.of(400, "header.invalid", "Content-Length", "must be a whole number"));
        }
        var host = HostField.parse(hosts.getFirst());
        if (host.isEmpty()) {
            return Optional.of(ProblemDetails.of(400, "header.invalid", "Host", "must be a host, and perhaps a port"));
        }
        // A target with a host of its own, as proxies get it, would count instead of the field (RFC 9112 §3.2.2).
        var other = head.authority().filter(given -> !given.equalsIgnoreCase(hosts.getFirst()));
        var isOurs = head.path().equals(HEALTH) || frontage.isOurs(host.get());
        return isOurs && other.isEmpty()
                ? Optional.empty()
                : Optional.of(ProblemDetails.of(421, "host.unknown", "Host", "no server of this name is here; console.url has ours"));
    }

    private List<Match> matches(RequestHead head, boolean withPages) {
        if (!head.path().startsWith("/")) {
            return List.of();
        }
        var path = PathPattern.split(head.path());
        var pages = withPages ? site.pages() : List.<Route>of();
        return Stream.concat(site.api().stream(), pages.stream())
                .flatMap(route -> route.pattern().match(path).map(found -> new Match(route, found)).stream())
                .toList();
    }

    private Answer answer(Match match, Arrival arrival, Caller caller) {
        try {
            var request = Request.of(arrival, caller, match.variables(), site.uploads());
            try {
                return match.route().answer(request);
            } finally {
                request.end();
            }
        } catch (RefusedException refused) {
            return refused.answer();
        } catch (UploadException e) {
            LOG.error("{}: can't store a body", match.route(), e);
            return ProblemDetails.of(503, "disk.unavailable", "", "the body can't be stored; nothing was changed").answer();
        } catch (PeerGoneException gone) {
            throw gone;
        } catch (RuntimeException fault) {
            LOG.error("{}", match.route(), fault);
            return ProblemDetails.of(500, "internal", "", "internal error; the log of facteur has the stack").answer();
        }
    }

    private static Answer noPath() {
        return ProblemDetails.of(404, "path.unknown", "", "no such path").answer();
    }

    private static Answer wrongMethod(List<Match> matches) {
        var allowed = matches.stream()
                .map(match -> match.route().method())
                .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                .distinct()
                .collect(Collectors.joining(", "));
        return ProblemDetails.of(405, "method.unknown", "", "this path takes " + (allowed.isEmpty() ? "no such method" : allowed))
                .answer()
                .with("Allow", allowed); // RFC 9110 §15.5.6
    }
}
