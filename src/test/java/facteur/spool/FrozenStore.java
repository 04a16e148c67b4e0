package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.access.NewToken;
import facteur.access.Scope;
import facteur.access.Tokens;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.database.Database;
import facteur.platform.json.JsonException;
import facteur.platform.json.JsonReader;
import facteur.platform.json.JsonValue;
import facteur.settings.OfficeReader;
import facteur.store.Author;
import facteur.store.CardChange;
import facteur.store.CardCounts;
import facteur.store.CardFilter;
import facteur.store.CardImport;
import facteur.store.CardPushes;
import facteur.store.CardsResult;
import facteur.store.ChangeKind;
import facteur.store.ChangeResult;
import facteur.store.Precondition;
import facteur.store.Store;
import facteur.store.StoredCard;
import facteur.store.ToldVersions;
import facteur.store.Version;
import facteur.store.Via;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/// Settings, cards, their history, a push in progress, tokens, and a letter that was decided by them: what is frozen beside
/// [FrozenLetters] since version 14 of the schema, and must mean the same to every later one.
final class FrozenStore {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final OfficeId DURAND = new OfficeId("durand");
    private static final RelationId R_1 = new RelationId("R-1042");
    private static final RelationId R_2 = new RelationId("Zürich/7");
    private static final Precondition ANY = new Precondition.None();
    private static final Author OPERATOR = new Author(Via.COMMAND, "root", "", "", "first");
    private static final Author SUITE = new Author(Via.API, "suite", "Jan Janssens", "192.0.2.1", "as agreed with Zoé");
    private static final CardImport.Options MERGE =
            new CardImport.Options(CardImport.Format.NDJSON, CardImport.Mode.MERGE, CardImport.OnError.REFUSE);
    private static final String FIRST = "{'company': 'Cabinet Dupont <office@dupont.example>', 'reply-to': 'sender'}";
    private static final String SECOND =
            "{'company': 'Cabinet Dupont <office@dupont.example>', 'reply-to': 'responsible', 'contexts': {'invoice': {'reply-to': 'partner'}}}";
    private static final String CARD =
            "{'name': 'Bakkerij Peeters', 'responsible': ['Jan Janssens <jan@dupont.example>'], 'partner': ['zoe@dupont.example']}";
    private static final String TOKEN = "fct_q3dd61anyp_cuWQARK4GSe6W7X2fhvaKLQEm_DkrteNsV178vwMNOk";
    private static final QueueId NOTICE = new QueueId("01m844dzg0mfp3kf");

    private static final Provenance DECIDED =
            Provenance.parse("local", "dupont", "invoice", "R-1042", "jan@dupont.example", "from.office", "reply-to.responsible", "v7", "v3", "");

    /// The letter that these settings decided has ended.
    static final int LETTERS = 1;

    private FrozenStore() {}

    private static Store store(Database database) {
        return new Store(database, () -> new OfficeReader(Address.of("inbox@relay.example"), Roles.DEFAULT), () -> Roles.DEFAULT, () -> NOON);
    }

    private static Tokens tokens(Database database) {
        return new Tokens(database, () -> NOON, new Random(1));
    }

    private static JsonValue json(String text) throws JsonException {
        return JsonReader.read(text.replace('\'', '"'));
    }

    /// To be called behind [FrozenLetters#write].
    static void write(OpenSpool open, Path folder) throws Exception {
        var store = store(open.database());
        var settings = store.settings();
        settings.put(DUPONT, json(FIRST), new Precondition.Absent(), OPERATOR);
        settings.put(DUPONT, json(SECOND), new Precondition.AtVersion(1), SUITE);
        store.cards().put(DUPONT, R_1, json(CARD), ANY, SUITE);
        store.cards().put(DUPONT, R_2, json("{'partner': ['zoe@dupont.example']}"), ANY, SUITE);
        store.cards().delete(DUPONT, R_2, ANY, SUITE);
        settings.put(DUPONT, json(FIRST), ANY, OPERATOR);
        assertThat(store.history().restore(DUPONT, 2, SUITE)).isInstanceOf(ChangeResult.Changed.class);
        settings.put(DURAND, json(FIRST.replace("upont", "urand")), ANY, OPERATOR);
        settings.remove(DURAND, ANY, SUITE);

        var push = ((CardPushes.Begun) store.pushes().begin(DUPONT, SUITE)).push();
        var body = Files.writeString(folder.resolve("push"), "{\"relation\":\"R-1\",\"partner\":\"an@dupont.example\"}\n");
        assertThat(store.pushes().add(DUPONT, push, body, MERGE, SUITE)).isInstanceOf(CardsResult.Written.class);

        var told = new ToldVersions(open.database());
        var untold = told.untold().getFirst();
        assertThat(told.begin(untold, List.of(NOTICE), NOON, NOON.plusSeconds(300))).isTrue();
        told.end(untold, List.of(NOTICE), NOON);

        var tokens = tokens(open.database());
        var added = tokens.add(new NewToken("suite", Optional.of(DUPONT), Set.of(Scope.SETTINGS_READ, Scope.CARDS_WRITE), Optional.empty()), "root");
        assertThat(added).isInstanceOfSatisfying(Tokens.Addition.Made.class, made -> assertThat(made.text().reveal()).isEqualTo(TOKEN));
        tokens.add(new NewToken("old", Optional.empty(), Set.of(Scope.LOG_READ), Optional.of(NOON.plus(Duration.ofDays(9)))), "root");
        assertThat(tokens.revoke("old", "jan")).isPresent();

        var spooled = open.spool().acceptActive(Letters.ROUTE, letter());
        var recipients = spooled.recipients().stream().map(recipient -> recipient.with(Recipient.Status.RELAYED, "250 2.0.0 queued")).toList();
        open.spool().settle(spooled, recipients, List.of(), new QueueState.Ended(NOON.plusSeconds(1)));
    }

    /// The one behind those of [FrozenLetters].
    private static Letter letter() {
        var letters = new Letters();
        for (var i = 0; i < FrozenLetters.COUNT; i++) {
            letters.letter();
        }
        var plain = letters.letter();
        return new Letter(
                plain.id(), plain.acceptedAt(), DECIDED, plain.envelope(), ReversePath.of(Address.of("jan@dupont.example")),
                new Message(Letters.header(), new MemoryBody(new byte[0])));
    }

    /// Nothing of it is lost, and it goes on where it stopped.
    static void check(OpenSpool open, Path folder) throws Exception {
        var store = store(open.database());
        checkSettings(store);
        checkCards(store);
        checkHistory(store);

        var desk = new QueueDesk(open.database(), folder, () -> NOON);
        assertThat(desk.life(letter().id()).orElseThrow().provenance()).isEqualTo(DECIDED);
        assertThat(new ToldVersions(open.database()).untold()).extracting(untold -> untold.office().text()).containsExactly("durand");

        var tokens = tokens(open.database());
        assertThat(tokens.authenticate(TOKEN)).hasValueSatisfying(token -> {
            assertThat(token.name()).isEqualTo("suite");
            assertThat(token.scopes()).containsExactlyInAnyOrder(Scope.SETTINGS_READ, Scope.CARDS_WRITE);
            assertThat(token.office()).contains(DUPONT);
        });
        assertThat(tokens.list()).filteredOn(token -> token.suite().isEmpty())
                .extracting(token -> token.name() + " " + token.revocation().isPresent()).containsExactly("old true", "suite false");

        checkPush(open, store, folder);
    }

    private static void checkSettings(Store store) throws Exception {
        var dupont = store.settings().office(DUPONT).orElseThrow();
        assertThat(dupont.settings()).isEqualTo(json(SECOND));
        assertThat(List.of(dupont.version(), dupont.settingsAt())).containsExactly(8L, 7L);
        assertThat(dupont.cardsKeptBy()).isEqualTo("suite");
        assertThat(store.settings().office(DURAND)).isEmpty();
        assertThat(store.settings().offices(Optional.empty(), 10)).extracting(office -> office.id() + " " + office.isRemoved())
                .containsExactly("dupont false", "durand true");
    }

    private static void checkCards(Store store) throws Exception {
        assertThat(store.cards().cards(DUPONT, CardFilter.ALL, Optional.empty(), 10)).extracting(StoredCard::relation)
                .containsExactly(new RelationId("R-1"), R_1);
        var card = store.cards().card(DUPONT, R_1).orElseThrow();
        assertThat(card.name()).isEqualTo("Bakkerij Peeters");
        assertThat(card.version()).isEqualTo(3);
        assertThat(card.people().get(Role.RESPONSIBLE)).hasToString("[Jan Janssens <jan@dupont.example>]");
    }

    private static void checkHistory(Store store) throws Exception {
        var versions = store.history().versions(DUPONT, OptionalLong.empty(), 10);
        assertThat(versions).extracting(Version::number).containsExactly(8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
        assertThat(versions.get(1)).isEqualTo(new Version(7, NOON, ChangeKind.SETTINGS, SUITE, 6, 0));
        assertThat(store.history().version(DUPONT, 1).orElseThrow().after()).contains(json(FIRST));
        assertThat(store.history().cards(DUPONT, 5, Optional.empty(), 10))
                .containsExactly(new CardChange(R_2, Optional.of(json("{'partner': ['zoe@dupont.example']}")), Optional.empty()));
    }

    /// Which cards it has named is known: the other one is deleted.
    private static void checkPush(OpenSpool open, Store store, Path folder) throws Exception {
        var push = open.database().reading(statements -> statements.first("select id from card_push", row -> row.getString(1))).orElseThrow();
        var body = Files.writeString(folder.resolve("push"), "{\"relation\":\"R-2\",\"partner\":\"an@dupont.example\"}\n");
        assertThat(store.pushes().add(DUPONT, push, body, MERGE, SUITE)).isInstanceOf(CardsResult.Written.class);
        assertThat(store.pushes().finish(DUPONT, push, CardPushes.Rest.DELETE, OptionalLong.of(1), SUITE))
                .isEqualTo(new CardsResult.Written(new CardCounts(8, 2, 0, 0, 1, 0, List.of())));
        assertThat(store.cards().cards(DUPONT, CardFilter.ALL, Optional.empty(), 10)).extracting(card -> card.relation().text())
                .containsExactly("R-1", "R-2");
    }
}
