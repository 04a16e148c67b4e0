package facteur.api;

import facteur.access.LaunchRules;
import facteur.access.LaunchTickets;
import facteur.access.TokenRates;
import facteur.access.Tokens;
import facteur.act.ActRecord;
import facteur.explain.CurrentRules;
import facteur.platform.clock.SteadyTime;
import facteur.platform.database.Dialect;
import facteur.platform.json.JsonValue;
import facteur.replay.Replayer;
import facteur.spool.BadAddresses;
import facteur.spool.OfficeLog;
import facteur.store.Store;
import facteur.web.Answer;
import facteur.web.Route;
import facteur.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The table of all paths of the API. Immutable.
///
/// @param dialect judges the failures of the database
/// @param uploads folder for bodies that are too large for memory
/// @param rules as they are in force
/// @param bad addresses of offices' clients that don't work
/// @param launches links that suites ask for
/// @param launching what those are judged by, as it is in force
public record Api(
        Store store,
        Tokens tokens,
        TokenRates rates,
        Dialect dialect,
        Path uploads,
        Supplier<CurrentRules> rules,
        OfficeLog log,
        BadAddresses bad,
        Replayer replayer,
        LaunchTickets launches,
        Supplier<LaunchRules> launching,
        ActRecord acts,
        InstantSource time,
        SteadyTime steady) {
    private static final String CONTRACT = "openapi.yaml";

    public List<Route> routes() {
        var gate = new Gate(tokens, rates, new BadTokens(steady), dialect);
        return Stream.concat(open().stream(), endpoints().map(gate::route)).toList();
    }

    private Stream<Endpoint> endpoints() {
        var keepers = new EndedKeepers(store.settings(), store.cards(), tokens);
        var inStore = Stream.of(
                new Offices(store.settings()).endpoints(),
                new Versions(store.history(), store.settings()).endpoints(),
                new Cards(store.settings(), store.cards(), () -> rules.get().roles()).endpoints(),
                new BulkCards(store.settings(), store.imports(), store.pushes(), rates, store.slots(), uploads).endpoints(),
                new People(store.cards(), () -> rules.get().roles()).endpoints())
                .flatMap(List::stream)
                .map(keepers::before)
                .map(this::inStore);
        var anywhere = Stream.of(
                new Drafts(rules, replayer, time).endpoints(),
                new Domains(rules, acts).endpoints(),
                new Letters(log, bad).endpoints(),
                new Addresses(bad, acts).endpoints(),
                new Launches(launches, launching, rules).endpoints())
                .flatMap(List::stream);
        return Stream.concat(inStore, anywhere);
    }

    /// Where settings come from files, another database or a service, those are what is written.
    private Endpoint inStore(Endpoint endpoint) {
        return new Endpoint(endpoint.method(), endpoint.path(), endpoint.scope(), endpoint.reach(), call -> {
            var elsewhere = rules.get().elsewhere();
            if (elsewhere.isPresent()) {
                throw Refusals.conflict("kept-elsewhere", "settings are kept outside of this API: settings.source is " + elsewhere.get());
            }
            return endpoint.action().answer(call);
        });
    }

    /// Without a token.
    private static List<Route> open() {
        return List.of(
                new Route("GET", Router.HEALTH, _ -> health()),
                new Route("GET", Gate.PREFIX + "/" + CONTRACT, request -> {
                    request.queryHasOnly(List.of());
                    return contract();
                }));
    }

    private static Answer health() {
        var members = new LinkedHashMap<String, JsonValue>();
        members.put("status", JsonValue.of("up"));
        return Answer.json(200, new JsonValue.Members(members));
    }

    private static Answer contract() {
        try (var in = Api.class.getResourceAsStream(CONTRACT)) {
            return in == null ? notPacked() : Answer.octets(200, "application/yaml", in.readAllBytes()); // RFC 9512
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer notPacked() {
        throw new IllegalStateException(CONTRACT + " is not packed");
    }
}
