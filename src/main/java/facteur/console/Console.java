package facteur.console;

import facteur.web.Assets;
import facteur.web.Route;
import facteur.web.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The table of all pages. Immutable.
public final class Console {
    private static final String HTMX = "META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";

    private final Services services;
    private final Gate.SessionLookup sessions;

    public Console(Services services) {
        this(services, (cookie, isUse) -> isUse ? services.sessions().find(cookie) : services.sessions().look(cookie));
    }

    Console(Services services, Gate.SessionLookup sessions) {
        this.services = services;
        this.sessions = sessions;
    }

    /// @param api routes beside the pages
    public Site site(List<Route> api) {
        var assets = assets();
        var frames = new Frames(services, assets);
        var gate = new Gate(services, frames, sessions, new SignInPage(services, new SignIns(services))::needed);
        var routes = new ArrayList<Route>();
        routes.add(assets.route());
        pages().stream().map(gate::route).forEach(routes::add);
        return new Site(api, routes, () -> services.pages().get().areOn(), new RefusalPages(services, frames), Optional.of(services.uploads()));
    }

    /// What each page loads.
    static Assets assets() {
        var own = Stream.of("console.css", "console.js", "icons.svg", "icon.svg")
                .map(name -> new Assets.Source(name, "facteur/console/assets/" + name));
        var foreign = Stream.of(new Assets.Source("htmx.js", HTMX));
        return Assets.load(Console.class.getClassLoader(), Stream.concat(own, foreign).toList());
    }

    private List<Page> pages() {
        return Stream.of(signingIn(), ofOffices(), ofTheRelay()).flatMap(pages -> pages).flatMap(List::stream).toList();
    }

    private Stream<List<Page>> signingIn() {
        var signIns = new SignIns(services);
        return Stream.of(
                new StartPage().pages(),
                new SignInPage(services, signIns).pages(),
                new SecondStepPage(services, signIns).pages(),
                new PasswordPage(services, signIns).pages(),
                new ForgottenPage(services).pages(),
                new LaunchPage(services, signIns).pages(),
                new ProviderPage(services, signIns).pages(),
                new MePage(services).pages());
    }

    private Stream<List<Page>> ofOffices() {
        return Stream.of(
                new MailPage(services).pages(),
                new DomainsPage(services).pages(),
                new DomainPage(services).pages(),
                new RemoveDomainPage(services).pages(),
                new HistoryPage(services).pages(),
                new ComparePage(services).pages(),
                new RestorePage(services).pages(),
                new TryPage(services).pages(),
                new PeoplePage(services).pages(),
                new PersonPage(services).pages(),
                new ReplacePage(services).pages(),
                new ClientsPage(services).pages(),
                new ClientPage(services).pages(),
                new AddressesPage(services).pages(),
                new ImportPage(services, new StagedFiles(services.uploads(), services.time())).pages());
    }

    private Stream<List<Page>> ofTheRelay() {
        return Stream.of(
                new UsersPage(services).pages(),
                new TokensPage(services).pages(),
                new ActsPage(services).pages(),
                new LogPage(services).pages(),
                new LetterPage(services).pages(),
                new QueuePage(services).pages(),
                new QueueActPage(services).pages(),
                new StatusPage(services).pages(),
                new UpstreamsPage(services).pages(),
                new AllDomainsPage(services).pages(),
                new OfficesPage(services).pages());
    }
}
