package facteur.console;

import facteur.access.Rights;
import facteur.access.Session;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.web.Answer;
import facteur.web.Assets;
import facteur.web.Request;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts pages into their frame. Thread-safe.
final class Frames {
    private static final List<String> OF_OFFICE = List.of("mail", "domains", "people", "clients", "try", "history", "log", "apps");
    private static final List<Frame.Link> OF_RELAY = List.of(
            new Frame.Link("status", "/status"),
            new Frame.Link("queue", "/queue"),
            new Frame.Link("all-log", "/log"),
            new Frame.Link("upstreams", "/upstreams"),
            new Frame.Link("all-domains", "/domains"),
            new Frame.Link("offices", "/offices"));
    private static final Frame.Link ACCESS = new Frame.Link("access", "/access/users");

    private final Services services;
    private final Assets assets;
    private final Templates templates = new Templates();

    Frames(Services services, Assets assets) {
        this.services = services;
        this.assets = assets;
    }

    ZoneId zone() {
        return services.pages().get().zone();
    }

    View view(Request request, Optional<Session> session, Optional<OfficeId> office, Texts texts) {
        var rights = session.filter(known -> !known.needsSecondStep()).map(Session::rights).orElse(Rights.NONE);
        var frame = new Frame(
                office.map(this::name),
                office.isPresent() && rights.seesAll(),
                navigation(rights, office, texts),
                session.map(signedIn -> signedIn.holder().name()),
                help(),
                session.flatMap(Session::returnTo),
                request.target(),
                session.map(signedIn -> secondsLeft(signedIn.until())).orElse(0L));
        return new View(texts, zone(), frame, assets::path);
    }

    /// Of a page for one who isn't known.
    View bare(Texts texts) {
        return new View(texts, zone(), new Frame(Optional.empty(), false, List.of(), Optional.empty(), help(), Optional.empty(), "/", 0),
                assets::path);
    }

    private String help() {
        return services.pages().get().help().map(Object::toString).orElse("");
    }

    /// It ends without a request, too.
    private long secondsLeft(Instant until) {
        var idle = services.pages().get().session().idle();
        return Math.clamp(Duration.between(services.time().instant(), until).toSeconds(), 0, idle.toSeconds());
    }

    /// What clients see; the id while its settings can't be read.
    String name(OfficeId office) {
        return services.rules().get().settings().office(office) instanceof Lookup.Found<OfficeSettings>(var settings, _)
                ? settings.company().name()
                : office.text();
    }

    private static List<Frame.Section> navigation(Rights rights, Optional<OfficeId> office, Texts texts) {
        var sections = new ArrayList<Frame.Section>();
        if (rights.seesAll()) {
            var links = Stream.concat(OF_RELAY.stream(), rights.operates() ? Stream.of(ACCESS) : Stream.empty()).toList();
            sections.add(new Frame.Section(texts.of("frame.relay-pages"), links));
        }
        office.or(() -> rights.offices().stream().findFirst()).ifPresent(shown -> sections.add(new Frame.Section(
                texts.of("frame.office-pages"),
                OF_OFFICE.stream()
                        .filter(key -> !key.equals("apps") || rights.writes(shown))
                        .map(key -> new Frame.Link(key, "/o/" + shown.text() + "/" + key))
                        .toList())));
        return sections;
    }

    /// @param template its name
    Answer page(int status, String template, View view, Object model) {
        return Answer.html(status, templates.render(template, view, model));
    }
}
