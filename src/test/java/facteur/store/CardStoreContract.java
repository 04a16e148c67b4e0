package facteur.store;

import static facteur.store.CardRig.DUPONT;
import static facteur.store.CardRig.JAN;
import static facteur.store.CardRig.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.Problem;
import facteur.platform.database.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cards one by one, and how they are found, on a real database.
abstract class CardStoreContract {
    private static final RelationId R1 = new RelationId("R-1");

    @TempDir
    Path folder;

    private Database database;
    private CardRig rig;

    abstract Database openDatabase() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = openDatabase();
        rig = new CardRig(database, folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /// Settings don't take the room that letters need; what makes the database smaller is done.
    @Test
    void savesNothingWithoutRoomForLetters() throws Exception {
        rig.put(JAN, "R-1", "{'name':'Peeters'}");
        var before = rig.all();
        rig.writer.whileThereIs(() -> false);
        assertThatThrownBy(() -> rig.put(JAN, "R-2", "{'name':'Claes'}")).isInstanceOf(NoRoomException.class);
        assertThatThrownBy(() -> rig.merge(JAN, "{'relation':'R-2','name':'Claes'}")).isInstanceOf(NoRoomException.class);
        assertThatThrownBy(() -> rig.begin(JAN)).isInstanceOf(NoRoomException.class);
        assertThat(rig.all()).isEqualTo(before);
        assertThat(rig.cards.delete(DUPONT, R1, new Precondition.None(), JAN)).isEqualTo(new ChangeResult.Changed(3, List.of()));
        rig.writer.whileThereIs(() -> true);
        rig.merge(JAN, "{'relation':'R-2','name':'Claes'}");
        assertThat(rig.all()).containsOnlyKeys("R-2");
    }

    /// Letters of the client wait while its card names such a role: the change that heals it must not keep it.
    @Test
    void aRoleThatIsNoLongerListedGoesWithTheNextChange() throws Exception {
        rig.put(JAN, "R-1", "{'senior':'s@d.example','partner':'p@d.example'}");
        var listed = Roles.of(Role.PARTNER, Role.RESPONSIBLE);
        var later = new CardStore(rig.writer, () -> listed, new CardSeries.Rest(true, () -> 0, _ -> {}));
        var patched = later.patch(DUPONT, R1, CardRig.json("{'responsible':'r@d.example'}"), new Precondition.None(), JAN);
        assertThat(patched).isEqualTo(new ChangeResult.Changed(3, List.of()));
        assertThat(rig.all()).containsEntry("R-1", "{'partner':['p@d.example'],'responsible':['r@d.example']}");
    }

    @Test
    void putsPatchesAndDeletes() throws Exception {
        assertThat(rig.put(JAN, "R-1", "{'name':'Peeters','partner':['Jan <jan@d.example>']}")).isEqualTo(new ChangeResult.Changed(2, List.of()));
        assertThat(rig.card("R-1")).hasValueSatisfying(card -> {
            assertThat(card.name()).isEqualTo("Peeters");
            assertThat(card.people()).containsOnlyKeys(Role.PARTNER);
            assertThat(card.version()).isEqualTo(2);
            assertThat(card.changedAt()).isEqualTo(rig.time.instant());
        });
        assertThat(rig.put(JAN, "R-1", "{'partner':'Jan <jan@d.example>','name':'Peeters','senior':[]}"))
                .isEqualTo(new ChangeResult.Unchanged(2, List.of()));
        assertThat(patch("{'partner':null,'senior':'s@d.example'}")).isEqualTo(new ChangeResult.Changed(3, List.of()));
        assertThat(rig.all()).containsEntry("R-1", "{'name':'Peeters','senior':['s@d.example']}");
        assertThat(rig.cards.delete(DUPONT, R1, new Precondition.None(), JAN)).isEqualTo(new ChangeResult.Changed(4, List.of()));
        assertThat(rig.cards.delete(DUPONT, R1, new Precondition.None(), JAN)).isEqualTo(new ChangeResult.Missing());
        assertThat(patch("{}")).isEqualTo(new ChangeResult.Missing());
        assertThat(rig.replayed()).isEmpty();
    }

    @Test
    void overwritesNothingThatItsAuthorHasNotSeen() throws Exception {
        rig.put(JAN, "R-1", "{}");
        var stale = new ChangeResult.Stale(2, "jan", rig.time.instant());
        assertThat(put("{'name':'x'}", new Precondition.Absent())).isEqualTo(stale);
        assertThat(put("{'name':'x'}", new Precondition.AtVersion(1))).isEqualTo(stale);
        assertThat(put("{'name':'x'}", new Precondition.AtVersion(2))).isEqualTo(new ChangeResult.Changed(3, List.of()));
        assertThat(rig.cards.delete(DUPONT, R1, new Precondition.AtVersion(2), JAN)).isInstanceOf(ChangeResult.Stale.class);
    }

    @Test
    void saysWhatIsWrongAndWhatIsOdd() throws Exception {
        assertThat(rig.put(JAN, "R-1", "{'relation':'R-2','delete':true,'patner':[]}")).isInstanceOfSatisfying(ChangeResult.Invalid.class,
                invalid -> assertThat(invalid.problems()).extracting(Object::toString).containsExactly(
                        "card: patner: unknown key; did you mean 'partner'?", "card: delete: is for lines of many cards"));
        assertThat(rig.put(JAN, "R-1", "{'relation':'R-2'}")).isInstanceOf(ChangeResult.Invalid.class);
        assertThat(rig.put(JAN, "R-1", "[]")).isInstanceOf(ChangeResult.Invalid.class);
        assertThat(rig.put(JAN, "R-1", "{'partner':['a@d.example','A@D.example']}")).isInstanceOfSatisfying(ChangeResult.Changed.class,
                changed -> assertThat(changed.warnings()).extracting(Problem::code).containsExactly("person.twice"));
        assertThat(rig.cards.put(new OfficeId("nobody"), R1, json("{}"), new Precondition.None(), JAN)).isEqualTo(new ChangeResult.Missing());
    }

    @Test
    void cleansNamesOfWhatCanNotBeSeen() throws Exception {
        rig.put(JAN, "R-1", "{'name':'Pee\\u202eters\\r\\nBcc: x','partner':['=?utf-8?q?a=0ab?= <a@d.example>']}");
        assertThat(rig.card("R-1").orElseThrow().name()).isEqualTo("Peeters Bcc: x");
        assertThat(rig.card("R-1").orElseThrow().people().get(Role.PARTNER)).containsExactly(new Mailbox("a b", Address.of("a@d.example")));
    }

    @Test
    void findsByNumberNameAndPerson() throws Exception {
        rig.merge(JAN,
                "{'relation':'R-1','name':'École Peeters','partner':['Jan Élan <jan@d.example>']}",
                "{'relation':'R_2','name':'100 % [x]','collaborator':['jan@d.example']}",
                "{'relation':'R-3','name':'partner O\\u0027Neil \\\\','senior':['Jan <jan@other.example>']}");
        assertThat(find("r-1")).containsExactly("R-1");
        assertThat(find("école")).containsExactly("R-1");
        assertThat(find("E\u0301COLE")).containsExactly("R-1");
        assertThat(find("élan")).containsExactly("R-1");
        assertThat(find("d.example")).containsExactly("R-1", "R_2");
        assertThat(find("%")).containsExactly("R_2");
        assertThat(find("_")).containsExactly("R_2");
        assertThat(find("[x]")).containsExactly("R_2");
        assertThat(find("partner")).describedAs("a role's name is no text of a card").containsExactly("R-3");
        assertThat(find("o'n")).containsExactly("R-3");
        assertThat(find("\\")).containsExactly("R-3");
        assertThat(find("\"")).isEmpty();
        assertThat(find("' or 1=1 --")).isEmpty();
        assertThat(find("x".repeat(100_000))).isEmpty();
        assertThat(find("")).hasSize(3);
        assertThat(person("JAN@D.example")).containsExactly("R-1", "R_2");
        assertThat(person("nonsense")).isEmpty();
        assertThat(found(new CardFilter(Optional.empty(), Optional.empty(), Optional.of(Role.PARTNER)))).containsExactlyInAnyOrder("R_2", "R-3");
        assertThat(rig.cards.count(DUPONT)).isEqualTo(3);
        assertThat(rig.cards.countEmpty(DUPONT, Role.PARTNER)).isEqualTo(2);
    }

    @Test
    void givesEveryCardOncePageByPage() throws Exception {
        rig.merge(JAN, CardRig.lines(120));
        var all = IntStream.rangeClosed(1, 120).mapToObj("R-%05d"::formatted).toList();
        var seen = new ArrayList<String>();
        for (var page = page(Optional.empty()); !page.isEmpty(); page = page(Optional.of(page.getLast().relation()))) {
            page.forEach(card -> seen.add(card.relation().text()));
        }
        assertThat(seen).isEqualTo(all);
    }

    private List<StoredCard> page(Optional<RelationId> after) throws SQLException {
        return rig.cards.cards(DUPONT, CardFilter.ALL, after, 50);
    }

    @Test
    void replacesAPersonOnAllCards() throws Exception {
        rig.merge(JAN, CardRig.lines(250));
        rig.merge(JAN,
                "{'relation':'R-1','partner':['b@d.example','Old <P1@d.example>'],'senior':['p1@d.example','b@d.example','c@d.example'],'substitute':'p1@d.example'}");
        var from = Address.of("p1@d.example");
        var to = Optional.of(new Mailbox("New", Address.of("b@d.example")));
        var roles = Set.of(Role.PARTNER, new Role("senior"));
        assertThat(CardRig.counts(rig.cards.countReplacing(DUPONT, from, to, roles)).changed()).isEqualTo(37);
        assertThat(rig.version()).isEqualTo(3);
        assertThat(rig.cards.replacePerson(DUPONT, from, to, roles, JAN))
                .isEqualTo(new CardsResult.Written(new CardCounts(4, 0, 37, 0, 0, 0, List.of())));
        assertThat(rig.all())
                .containsEntry("R-1", "{'partner':['b@d.example'],'senior':['New <b@d.example>','c@d.example'],'substitute':['p1@d.example']}")
                .containsEntry("R-00008", "{'partner':['New <b@d.example>']}");
        assertThat(CardRig.counts(rig.cards.replacePerson(DUPONT, Address.of("b@d.example"), Optional.empty(), Set.of(), JAN)).changed())
                .isEqualTo(37);
        assertThat(rig.all()).containsEntry("R-00008", "{}");
        assertThat(rig.history.undo(DUPONT, 5, JAN)).isInstanceOf(UndoResult.Undone.class);
        assertThat(rig.all()).containsEntry("R-00008", "{'partner':['New <b@d.example>']}");
    }

    @Test
    void theHistoryCountsWhatAVersionDidAndKnowsWhatIsNotAsItWas() throws Exception {
        rig.put(JAN, "R-1", "{'partner':['a@d.example']}");
        rig.put(JAN, "R-1", "{'partner':['b@d.example']}");
        var first = rig.version() - 1;
        assertThat(rig.history.cardCounts(DUPONT, first)).isEqualTo(new CardChangeCounts(1, 0, 0));
        assertThat(rig.history.cardCounts(DUPONT, first + 1)).isEqualTo(new CardChangeCounts(0, 1, 0));
        assertThat(rig.history.cardCounts(DUPONT, 1).isNone()).isTrue();
        assertThat(rig.history.cardCounts(new OfficeId("durand"), first).isNone()).isTrue();
        assertThat(rig.history.cardsLeft(DUPONT, first, 10)).containsExactly(new RelationId("R-1"));
        assertThat(rig.history.cardsLeft(DUPONT, first, 0)).isEmpty();
        assertThat(rig.history.undo(DUPONT, first + 1, JAN)).isInstanceOf(UndoResult.Undone.class);
        assertThat(rig.history.cardsLeft(DUPONT, first + 1, 10)).isEmpty();
        assertThat(rig.history.cardCounts(DUPONT, first + 2)).isEqualTo(new CardChangeCounts(0, 1, 0));
        assertThat(rig.cards.delete(DUPONT, new RelationId("R-1"), new Precondition.None(), JAN)).isInstanceOf(ChangeResult.Changed.class);
        assertThat(rig.history.cardCounts(DUPONT, first + 3)).isEqualTo(new CardChangeCounts(0, 0, 1));
    }

    @Test
    void isReadByLetters() throws Exception {
        rig.put(JAN, "Cafe\u0301", "{'senior':['Jan <jan@d.example>']}");
        assertThat(rig.source().relation(DUPONT, new RelationId("Caf\u00e9"))).isInstanceOfSatisfying(Lookup.Found.class,
                found -> assertThat(found.value()).isInstanceOfSatisfying(RelationCard.class,
                        card -> assertThat(card.people(new Role("senior"))).containsExactly(new Mailbox("Jan", Address.of("jan@d.example")))));
    }

    private ChangeResult patch(String card) throws SQLException {
        return rig.cards.patch(DUPONT, R1, json(card), new Precondition.None(), JAN);
    }

    private ChangeResult put(String card, Precondition precondition) throws SQLException {
        return rig.cards.put(DUPONT, R1, json(card), precondition, JAN);
    }

    private List<String> find(String text) throws SQLException {
        return found(new CardFilter(Optional.of(text), Optional.empty(), Optional.empty()));
    }

    private List<String> person(String address) throws SQLException {
        return found(new CardFilter(Optional.empty(), Optional.of(address), Optional.empty()));
    }

    private List<String> found(CardFilter filter) throws SQLException {
        return rig.cards.cards(DUPONT, filter, Optional.empty(), 10).stream().map(card -> card.relation().text()).toList();
    }

    @Test
    void countsWhoStandsOnCards() throws Exception {
        rig.put(JAN, "R-1", "{'collaborator':['Jan <jan@dupont.example>'],'partner':['JAN@dupont.example','An <an@dupont.example>']}");
        rig.put(JAN, "R-2", "{'collaborator':['jan@dupont.example']}");
        rig.put(JAN, "R-3", "{'collaborator':['jan@DUPONT.example']}");
        rig.put(JAN, "R-4", "{}");
        assertThat(rig.cards.people(DUPONT)).satisfiesExactly(
                an -> {
                    assertThat(an.mailbox()).hasToString("An <an@dupont.example>");
                    assertThat(an.cards()).isOne();
                    assertThat(an.roles()).containsExactlyEntriesOf(Map.of(Role.PARTNER, 1L));
                },
                jan -> {
                    assertThat(jan.mailbox().name()).isEqualTo("Jan");
                    assertThat(jan.cards()).isEqualTo(3);
                    assertThat(jan.roles()).containsExactlyInAnyOrderEntriesOf(Map.of(Role.COLLABORATOR, 3L, Role.PARTNER, 1L));
                });
        assertThat(rig.cards.people(new OfficeId("other"))).isEmpty();
    }

    @Test
    void countsWhatFitsAsFarAsALimit() throws Exception {
        for (var i = 0; i < 4; i++) {
            rig.put(JAN, "R-" + i, i == 0 ? "{'partner':'an@dupont.example'}" : "{'name':'Peeters'}");
        }
        var byText = new CardFilter(Optional.of("peeters"), Optional.empty(), Optional.empty());
        assertThat(rig.cards.count(DUPONT, byText, 2)).isEqualTo(2);
        assertThat(rig.cards.count(DUPONT, byText, 10)).isEqualTo(3);
        assertThat(rig.cards.count(DUPONT, new CardFilter(Optional.empty(), Optional.empty(), Optional.of(Role.PARTNER)), 1)).isEqualTo(3);
        assertThat(rig.cards.count(DUPONT, CardFilter.ALL, 1)).isEqualTo(4);
    }
}
