package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.AccessRole;
import facteur.access.FederationSettings;
import facteur.access.Grant;
import facteur.access.Holder;
import facteur.access.LaunchRules;
import facteur.access.LaunchTickets;
import facteur.access.LaunchTokens;
import facteur.access.Oidc;
import facteur.access.Persons;
import facteur.access.Rights;
import facteur.access.Session;
import facteur.access.SessionId;
import facteur.access.SessionLimits;
import facteur.access.Sessions;
import facteur.access.Tickets;
import facteur.access.Tokens;
import facteur.access.UsedOnce;
import facteur.domain.Claims;
import facteur.domain.DomainCheck;
import facteur.domain.DomainDesk;
import facteur.domain.DomainSettings;
import facteur.domain.Lifecycle;
import facteur.explain.CurrentRules;
import facteur.explain.Departures;
import facteur.fixture.CountingDerivation;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.intake.Decider;
import facteur.intake.OutboundEncoding;
import facteur.login.Derivations;
import facteur.mail.automatic.Language;
import facteur.mail.dkim.TestKeys;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.clock.ClockTrust;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Document;
import facteur.platform.config.Problems;
import facteur.platform.database.Database;
import facteur.platform.dns.Dns;
import facteur.platform.dns.DnsAnswer;
import facteur.platform.dns.DnsSettings;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.replay.Replayer;
import facteur.returns.ReturnSettings;
import facteur.route.RouteSettings;
import facteur.settings.OfficeDomains;
import facteur.settings.OfficeReader;
import facteur.spool.BadAddresses;
import facteur.spool.OfficeLog;
import facteur.store.Author;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.Store;
import facteur.store.StoreSource;
import facteur.store.Via;
import facteur.web.Answer;
import facteur.web.Frontage;
import facteur.web.PageSettings;
import facteur.web.RequestHead;
import facteur.web.Router;
import facteur.web.SetCookie;
import facteur.web.Site;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// The console over a store of its own, asked without sockets. Its cookies are the words of [#AS]. For one thread.
final class ConsoleWorld implements AutoCloseable {
    static final String DUPONT = "{\"company\":\"Cabinet Dupont <office@dupont.example>\"}";
    static final String ORIGIN = "http://localhost:8026";
    static final Address SHARED = Address.of("inbox@relay.example");
    private static final Frontage FRONTAGE = new Frontage(URI.create(ORIGIN), true, List.of());

    /// Whose request it is.
    enum As {
        /// Without a session.
        STRANGER(Optional.empty(), Optional.empty()),
        /// Of office dupont.
        ADMIN(Optional.of(AccessRole.ADMIN), Optional.of("dupont")),
        READER(Optional.of(AccessRole.READER), Optional.of("dupont")),
        /// Of office peeters.
        OTHER(Optional.of(AccessRole.ADMIN), Optional.of("peeters")),
        OPERATOR(Optional.of(AccessRole.OPERATOR), Optional.empty()),
        VIEWER(Optional.of(AccessRole.VIEWER), Optional.empty());

        private final Optional<AccessRole> role;
        private final Optional<String> office;

        As(Optional<AccessRole> role, Optional<String> office) {
            this.role = role;
            this.office = office;
        }
    }

    /// @param page the body as text
    record Reply(int status, Map<String, String> fields, List<SetCookie> cookies, String page) {
        /// Of the session that it began.
        String cookie() {
            return cookies.stream().filter(cookie -> cookie.name().equals("facteur")).map(SetCookie::value).findFirst().orElse("");
        }

        String location() {
            return fields.getOrDefault("Location", "");
        }
    }

    final TestTime time = new TestTime();

    /// Goes on by itself between requests, unless [#isHurried]: no person clicks faster than pages may be asked for.
    final TestTime pace = new TestTime();

    boolean isHurried;
    final Database database;
    final Store store;
    final Tokens tokens;
    final OfficeLog log;
    final List<Duration> pauses = new ArrayList<>();
    final List<String> forgotten = new ArrayList<>();
    final List<String> acts = new ArrayList<>();
    final AtomicReference<Dns> dns = new AtomicReference<>((_, _) -> new DnsAnswer.Unknown("no DNS in this test"));
    /// As the relay knows them: to be refreshed.
    final Claims claims = new Claims();
    final RecordingJournal journal = new RecordingJournal();
    final AtomicReference<Optional<String>> elsewhere = new AtomicReference<>(Optional.empty());
    /// What comes back is left alone, unless a test says otherwise.
    final AtomicReference<Optional<ReturnSettings>> returns = new AtomicReference<>(Optional.empty());
    final AtomicReference<String> language = new AtomicReference<>("en");
    final AtomicReference<FederationSettings> federation = new AtomicReference<>(FederationSettings.NONE);
    final AtomicReference<PageSettings> pages = new AtomicReference<>(PageSettings.byDefault(ZoneOffset.UTC));
    final Services services;
    final Site site;
    private final Oidc oidc;
    final TestOperations operations;
    private final Derivations derivations = new Derivations(new CountingDerivation());
    private final Router router;

    /// With office dupont, at version 1.
    ConsoleWorld(Path folder) throws SQLException, IOException {
        database = MigratedDatabase.open(folder);
        var uploads = Files.createDirectory(folder.resolve("incoming"));
        var reader = new OfficeReader(SHARED, Roles.DEFAULT);
        store = new Store(database, () -> reader, () -> Roles.DEFAULT, this::knownDomains, time);
        tokens = new Tokens(database, time, new SecureRandom());
        var source = new StoreSource(database, SHARED, Roles.DEFAULT, time);
        var domains = new DomainSettings(
                DomainSettings.Verification.DNS, Set.of("dupont.example"), DnsSettings.from(Document.read("", "domains", new Problems())),
                new Lifecycle(3, Duration.ofHours(24)));
        var decider = new Decider(
                source, domains.registry(claims), new Policy(SHARED, UnknownContext.GENERAL), OutboundEncoding.ASSUMED_UTF8);
        var config = Files.writeString(folder.resolve("facteur.yaml"), "upstreams: { out: { kind: discard } }\nroutes: [{ upstream: out }]\n");
        var root = ConfigFile.read(config, new Problems(), _ -> null);
        var keys = TestKeys.folder(folder);
        var routes = RouteSettings.from(root, folder, "relay.example");
        var desk = new DomainDesk(
                database,
                keys,
                new DomainCheck((name, type) -> dns.get().ask(name, type)),
                new Lifecycle(3, Duration.ofHours(24)),
                Duration.ofDays(5),
                time,
                ClockTrust.ALWAYS,
                new SecureRandom());
        log = new OfficeLog(database, time);
        operations = new TestOperations(database, folder, time);
        var random = new SecureRandom();
        var tickets = new Tickets(database, time, random);
        oidc = new Oidc(() -> federation.get().oidc(), () -> URI.create(ORIGIN), tickets, time, time, random);
        services = new Services(
                store,
                new Sessions(database, () -> SessionLimits.STANDARD, time, random),
                new Persons(database, derivations, time, time, random),
                tickets,
                federation::get,
                new LaunchTickets(tickets),
                new LaunchTokens(() -> new LaunchRules(URI.create(ORIGIN), federation.get(), pages.get().embed()), new UsedOnce(database), time),
                oidc,
                tokens,
                () -> new CurrentRules(
                        elsewhere.get(), Roles.DEFAULT, reader, source, decider, new Departures(routes, keys, repliesDomain()), desk, returns.get(),
                        Language.NL),
                pages::get,
                () -> URI.create(ORIGIN),
                log,
                new BadAddresses(database),
                new Replayer(log, time),
                database.dialect(),
                uploads,
                journal,
                (operator, command) -> acts.add(operator + ": " + command),
                time,
                pace,
                pauses::add,
                forgotten::add,
                operations);
        site = new Console(services, this::session).site(List.of());
        router = new Router(site, () -> FRONTAGE);
        put("dupont", DUPONT);
    }

    /// As `facteur.yaml` says it.
    ///
    /// @param section the keys below `returns`
    void returns(String section) {
        var problems = new Problems();
        returns.set(ReturnSettings.from(Document.read("returns: " + section, "facteur.yaml", problems), SHARED));
        assertThat(problems.list()).isEmpty();
    }

    private Optional<String> repliesDomain() {
        return returns.get().flatMap(known -> known.domains().replies());
    }

    private OfficeDomains knownDomains() {
        return new OfficeDomains() {
            @Override
            public boolean hasKeys(String domain) {
                return true;
            }

            @Override
            public boolean hasReturns() {
                return returns.get().isPresent();
            }

            @Override
            public boolean hasReplies() {
                return repliesDomain().isPresent();
            }
        };
    }

    /// Saves the settings of an office.
    ChangeResult put(String office, String settings) throws SQLException {
        return store.settings().put(new OfficeId(office), json(settings), new Precondition.None(), new Author(Via.API, "suite", "", "", ""));
    }

    private static JsonValue json(String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /// Of a word of [#AS], or one that was begun here.
    private Optional<Session> session(String cookie, boolean isUse) throws SQLException {
        var as = Stream.of(As.values()).filter(word -> word.name().equals(cookie)).findFirst();
        return as.isPresent() ? pretended(as.get()) : isUse ? services.sessions().find(cookie) : services.sessions().look(cookie);
    }

    private Optional<Session> pretended(As as) {
        return as.role.map(role -> new Session(
                new SessionId(HexFormat.of().formatHex(new byte[32])),
                new Holder.Person("jan", "Jan Janssens"),
                new Rights(List.of(new Grant(as.office.map(OfficeId::new), role))),
                time.instant(),
                time.instant(),
                time.instant().plus(Duration.ofHours(12)),
                Optional.of(language.get()),
                Optional.empty(),
                Optional.empty(),
                false,
                "192.0.2.7",
                "test"));
    }

    Reply get(As as, String target) {
        return ask("GET", target, headers(as, Map.of()), "");
    }

    /// A form of ours.
    ///
    /// @param fields name, value, name, value …
    Reply post(As as, String target, String... fields) {
        return ask(
                "POST",
                target,
                headers(as, Map.of("Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")),
                form(fields));
    }

    private static String form(String... fields) {
        var body = new ArrayList<String>();
        for (var i = 0; i < fields.length; i += 2) {
            body.add(encoded(fields[i]) + "=" + encoded(fields[i + 1]));
        }
        return String.join("&", body);
    }

    /// As a browser that keeps the cookie of an earlier answer.
    Reply get(String cookie, String target) {
        return ask("GET", target, Map.of("Host", "localhost", "Cookie", "facteur=" + cookie), "");
    }

    /// The same.
    Reply post(String cookie, String target, String... fields) {
        return ask(
                "POST",
                target,
                Map.of(
                        "Host", "localhost",
                        "Cookie", "facteur=" + cookie,
                        "Content-Type", "application/x-www-form-urlencoded",
                        "Sec-Fetch-Site", "same-origin"),
                form(fields));
    }

    private static Map<String, String> headers(As as, Map<String, String> more) {
        var fields = new LinkedHashMap<>(more);
        fields.put("Host", "localhost");
        if (as != As.STRANGER) {
            fields.put("Cookie", "facteur=" + as.name());
        }
        return fields;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Reply ask(String method, String target, Map<String, String> fields, String body) {
        return ask(method, target, fields, body.getBytes(StandardCharsets.UTF_8));
    }

    Reply ask(String method, String target, Map<String, String> fields, byte[] body) {
        var head = new HashMap<String, List<String>>();
        fields.forEach((name, value) -> head.put(name, List.of(value)));
        if (!isHurried) {
            pace.advance(Duration.ofSeconds(1));
        }
        head.put("Content-Length", List.of(Integer.toString(body.length)));
        var answer = router.answer(
                new RequestHead(method, URI.create(target), head),
                InetAddress.ofLiteral("192.0.2.7"),
                new ByteArrayInputStream(body))
                .answer();
        var reply = new Reply(answer.status(), answer.fields(), answer.cookies(), text(answer));
        answer.end();
        return reply;
    }

    private static String text(Answer answer) {
        return switch (answer.body()) {
            case Answer.Body.None() -> "";
            case Answer.Body.Octets(var octets) -> new String(octets, StandardCharsets.UTF_8);
            case Answer.Body.Written(var writer, _) -> {
                var out = new ByteArrayOutputStream();
                try {
                    writer.writeTo(out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                yield out.toString(StandardCharsets.UTF_8);
            }
        };
    }

    /// The page with its style sheet beside it, to be looked at in a browser.
    static void picture(Reply reply, Path file) throws IOException {
        var css = Files.readString(Path.of("src/main/resources/facteur/console/assets/console.css"));
        Files.writeString(file,
                reply.page().replaceFirst("<link rel=\"stylesheet\"[^>]*>", "<style>" + css.replace("\\", "\\\\").replace("$", "\\$") + "</style>"));
    }

    @Override
    public void close() {
        oidc.close();
        derivations.close();
        operations.close();
        database.close();
    }
}
