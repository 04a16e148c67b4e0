package facteur.api;

import facteur.access.Scope;
import facteur.access.TokenRates;
import facteur.platform.config.Word;
import facteur.platform.json.JsonValue;
import facteur.store.BulkBusyException;
import facteur.store.BulkSlots;
import facteur.store.CardImport;
import facteur.store.CardPushes;
import facteur.store.CardsResult;
import facteur.store.SettingsStore;
import facteur.web.Answer;
import facteur.web.RefusedException;
import facteur.web.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Many cards in one request, and an office's whole set of them in several. A body goes into a file, so that memory stays flat.
/// Thread-safe.
///
/// @param uploads folder for bodies
record BulkCards(SettingsStore settings, CardImport imports, CardPushes pushes, TokenRates rates, BulkSlots slots, Path uploads) {
    private static final long LARGEST = 32L * 1024 * 1024;
    private static final String PUSHES = "/relations/pushes";
    private static final String OFFICE = "office";
    private static final String OFFICE_OR_PUSH = "office, or no such push";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final long MOST_CARDS = 999_999_999_999_999_999L;

    @FunctionalInterface
    private interface Work {
        CardsResult on(Path body, CardImport.Options options) throws SQLException, IOException;
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.ofOffice("POST", "/relations", Scope.CARDS_WRITE, this::write),
                Endpoint.ofOffice("POST", PUSHES, Scope.CARDS_WRITE, this::begin),
                Endpoint.ofOffice("POST", PUSHES + "/{push}", Scope.CARDS_WRITE, this::add),
                Endpoint.ofOffice("POST", PUSHES + "/{push}/finish", Scope.CARDS_WRITE, this::finish));
    }

    private Answer write(Call call) throws SQLException, IOException {
        return withBody(call, (body, options) -> imports.run(call.office(), body, options, call.author()));
    }

    private Answer begin(Call call) throws SQLException {
        call.hasNoQuery();
        call.request().hasNoBody();
        return switch (pushes.begin(call.office(), call.author())) {
            case CardPushes.NotBegun(var why) -> BulkAnswer.of(why, OFFICE);
            case CardPushes.Begun(var push, var until) -> {
                var members = new LinkedHashMap<String, JsonValue>();
                members.put("push", JsonValue.of(push));
                members.put("until", JsonValue.of(until.toString()));
                yield Answer.json(201, new JsonValue.Members(members))
                        .with("Location", Gate.PREFIX + "/offices/" + call.office() + PUSHES + "/" + push);
            }
        };
    }

    private Answer add(Call call) throws SQLException, IOException {
        var push = call.request().variable("push");
        return withBody(call, (body, options) -> pushes.add(call.office(), push, body, options, call.author()));
    }

    private Answer finish(Call call) throws SQLException, IOException {
        call.request().queryHasOnly(List.of("rest", "deleting"));
        call.request().hasNoBody();
        var rest = constant(call, "rest", CardPushes.Rest.values());
        var deleting = call.request().number("deleting", 0, MOST_CARDS).map(OptionalLong::of).orElse(OptionalLong.empty());
        try (var _ = take(call); var _ = work()) {
            return BulkAnswer.of(pushes.finish(call.office(), call.request().variable("push"), rest, deleting, call.author()), OFFICE_OR_PUSH);
        }
    }

    private Answer withBody(Call call, Work work) throws SQLException, IOException {
        call.request().queryHasOnly(List.of("mode", "on-error"));
        var options = new CardImport.Options(
                format(call.request().bodyType(Set.of(CardExport.CSV, CardExport.NDJSON))),
                constant(call, "mode", CardImport.Mode.values()),
                constant(call, "on-error", CardImport.OnError.values()));
        requireOffice(call);
        try (var _ = take(call); var upload = call.request().upload(uploads, LARGEST)) {
            countCards(call, upload);
            try (var _ = work()) {
                return BulkAnswer.of(work.on(upload.file(), options), OFFICE_OR_PUSH);
            }
        }
    }

    private BulkSlots.Slot take(Call call) {
        try {
            return slots.take(call.office());
        } catch (BulkBusyException busy) {
            throw busy(busy.by());
        }
    }

    private BulkSlots.Slot work() {
        try {
            return slots.work();
        } catch (BulkBusyException busy) {
            throw busy(busy.by());
        }
    }

    private static RefusedException busy(BulkBusyException.By by) {
        return switch (by) {
            case OFFICE -> Refusals.tooMany("bulk.office", "another request with many cards of this office is going on", SOON);
            case NODE -> Refusals.tooMany("bulk.node", "too many requests with many cards at once", SOON);
        };
    }

    /// Before megabytes are read in vain.
    private void requireOffice(Call call) throws SQLException {
        if (settings.office(call.office()).isEmpty()) {
            throw Refusals.missing(OFFICE);
        }
    }

    private static CardImport.Format format(String type) {
        return type.equals(CardExport.CSV) ? CardImport.Format.CSV : CardImport.Format.NDJSON;
    }

    /// The first when the query doesn't say.
    private static <E extends Enum<E>> E constant(Call call, String name, E[] constants) {
        var words = Arrays.stream(constants).map(Word::of).toList();
        return constants[words.indexOf(call.request().word(name, words))];
    }

    private void countCards(Call call, Upload upload) throws IOException {
        var later = rates.cards(call.token().id(), lines(upload.file()));
        if (later.isPresent()) {
            throw Refusals.tooMany("rate.cards", later.get().why(), later.get().retryAfter());
        }
    }

    /// About as many as there are cards.
    private static int lines(Path file) throws IOException {
        var lines = 1;
        var piece = new byte[65_536];
        try (var in = Files.newInputStream(file)) {
            for (var read = in.read(piece); read >= 0; read = in.read(piece)) {
                for (var i = 0; i < read; i++) {
                    if (piece[i] == '\n') {
                        lines++;
                    }
                }
            }
        }
        return lines;
    }
}
