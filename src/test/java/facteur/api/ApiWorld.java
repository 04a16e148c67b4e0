package facteur.api;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.FederationSettings;
import facteur.access.LaunchRules;
import facteur.access.LaunchTickets;
import facteur.access.NewToken;
import facteur.access.Scope;
import facteur.access.Tickets;
import facteur.access.TokenRates;
import facteur.access.Tokens;
import facteur.domain.DomainCheck;
import facteur.domain.DomainDesk;
import facteur.domain.DomainRegistry;
import facteur.domain.Lifecycle;
import facteur.explain.CurrentRules;
import facteur.explain.Departures;
import facteur.fixture.ApiContract;
import facteur.fixture.Exchange;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.TestTime;
import facteur.intake.Decider;
import facteur.intake.OutboundEncoding;
import facteur.mail.automatic.Language;
import facteur.mail.dkim.TestKeys;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.clock.ClockTrust;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.platform.database.Database;
import facteur.platform.dns.DnsAnswer;
import facteur.policy.Policy;
import facteur.policy.UnknownContext;
import facteur.replay.Replayer;
import facteur.route.RouteSettings;
import facteur.settings.OfficeReader;
import facteur.spool.BadAddresses;
import facteur.spool.OfficeLog;
import facteur.store.Store;
import facteur.store.StoreSource;
import facteur.web.Answer;
import facteur.web.Frontage;
import facteur.web.RequestHead;
import facteur.web.Router;
import facteur.web.Site;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// The API over a store of its own, asked without sockets. For one thread.
final class ApiWorld implements AutoCloseable {
    static final String DUPONT = "{\"company\":\"Cabinet Dupont <office@dupont.example>\"}";
    private static final Address SHARED = Address.of("inbox@relay.example");
    private static final Frontage FRONTAGE = new Frontage(URI.create("http://localhost:8026"), true, List.of());

    /// What a request brings besides method and path.
    record Extra(Map<String, String> fields, String body) {
        static final Extra NONE = new Extra(Map.of(), "");

        static Extra json(String body) {
            return new Extra(Map.of("Content-Type", "application/json"), body);
        }

        static Extra patch(String body) {
            return new Extra(Map.of("Content-Type", "application/merge-patch+json"), body);
        }

        static Extra lines(String body) {
            return new Extra(Map.of("Content-Type", "application/x-ndjson"), body);
        }

        static Extra csv(String body) {
            return new Extra(Map.of("Content-Type", "text/csv; charset=utf-8"), body);
        }

        Extra with(String field, String value) {
            var more = new HashMap<>(fields);
            more.put(field, value);
            return new Extra(more, body);
        }
    }

    final TestTime time = new TestTime();
    final Database database;
    final Store store;
    final Tokens tokens;
    final Path uploads;
    final List<String> acts = new ArrayList<>();
    final AtomicReference<Optional<String>> elsewhere = new AtomicReference<>(Optional.empty());
    final AtomicReference<LaunchRules> launching =
            new AtomicReference<>(launching("suites: [{ name: suite, offices: '*', return: https://app.example.org/ }]"));
    private final Api api;
    private final Router router;

    ApiWorld(Path folder) throws SQLException, IOException {
        database = MigratedDatabase.open(folder);
        uploads = Files.createDirectory(folder.resolve("incoming"));
        var reader = new OfficeReader(SHARED, Roles.DEFAULT);
        store = new Store(database, () -> reader, () -> Roles.DEFAULT, time);
        tokens = new Tokens(database, time, new SecureRandom());
        var source = new StoreSource(database, SHARED, Roles.DEFAULT, time);
        var decider = new Decider(
                source, new DomainRegistry(Set.of("dupont.example")), new Policy(SHARED, UnknownContext.GENERAL), OutboundEncoding.ASSUMED_UTF8);
        var config = Files.writeString(folder.resolve("facteur.yaml"), "upstreams: { out: { kind: discard } }\nroutes: [{ upstream: out }]\n");
        var root = ConfigFile.read(config, new Problems(), _ -> null);
        var keys = TestKeys.folder(folder);
        var departures = new Departures(RouteSettings.from(root, folder, "relay.example"), keys);
        var desk = new DomainDesk(
                database,
                keys,
                new DomainCheck((_, _) -> new DnsAnswer.Unknown("no DNS in this test")),
                new Lifecycle(3, Duration.ofHours(24)),
                Duration.ofDays(5),
                time,
                ClockTrust.ALWAYS,
                new SecureRandom());
        var log = new OfficeLog(database, time);
        api = new Api(
                store,
                tokens,
                new TokenRates(time),
                database.dialect(),
                uploads,
                () -> new CurrentRules(elsewhere.get(), Roles.DEFAULT, reader, source, decider, departures, desk, Optional.empty(), Language.EN),
                log,
                new BadAddresses(database),
                new Replayer(log, time),
                new LaunchTickets(tickets()),
                launching::get,
                (operator, command) -> acts.add(operator + ": " + command),
                time,
                time);
        router = new Router(Site.of(api.routes()), () -> FRONTAGE);
    }

    Api api() {
        return api;
    }

    /// Where links for launches are.
    Tickets tickets() {
        return new Tickets(database, time, new SecureRandom());
    }

    /// What launches are judged by.
    ///
    /// @param console the keys of that section
    static LaunchRules launching(String console) {
        var problems = new Problems();
        var federation = FederationSettings.from(ConfigFile.parse(console, Path.of("test"), problems));
        assertThat(problems.list()).isEmpty();
        return new LaunchRules(true, URI.create("https://mail.example.org"), federation, List.of("https://app.example.org"));
    }

    /// A token with all scopes.
    String token(String name, String office) throws SQLException {
        return token(name, office, EnumSet.allOf(Scope.class));
    }

    String token(String name, String office, Set<Scope> scopes) throws SQLException {
        var wanted = new NewToken(name, office.equals("*") ? Optional.empty() : Optional.of(new OfficeId(office)), scopes,
                scopes.contains(Scope.SESSIONS_CREATE) ? Optional.of("suite") : Optional.empty(), Optional.empty());
        return tokens.add(wanted, "test") instanceof Tokens.Addition.Made(_, var text) ? text.reveal() : "";
    }

    /// @param path below /api/v1
    Reply ask(String method, String path, String token) {
        return ask(method, path, token, Extra.NONE);
    }

    Reply ask(String method, String path, String token, Extra extra) {
        return raw(method, "/api/v1" + path, token.isEmpty() ? extra : extra.with("Authorization", "Bearer " + token));
    }

    /// Before it is sent.
    Answer answer(String method, String target, Extra extra) {
        var fields = new HashMap<String, List<String>>();
        fields.put("Host", List.of("localhost"));
        extra.fields().forEach((name, value) -> fields.put(name, List.of(value)));
        return router.answer(
                new RequestHead(method, URI.create(target), fields),
                InetAddress.ofLiteral("192.0.2.7"),
                new ByteArrayInputStream(extra.body().getBytes(StandardCharsets.UTF_8)))
                .answer();
    }

    Reply raw(String method, String target, Extra extra) {
        var answer = answer(method, target, extra);
        var reply = new Reply(answer.status(), answer.fields(), text(answer));
        answer.end();
        if (target.startsWith(ApiContract.PREFIX)) {
            ApiContract.packed().holds(
                    new Exchange(method, target, extra.fields(), extra.body(), reply.status(), reply.fields(), reply.text()));
        }
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

    @Override
    public void close() {
        database.close();
    }
}
