package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryOffices;
import facteur.fixture.ArbitraryText;
import facteur.fixture.TestTime;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.Lookup;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.office.Roles;
import facteur.platform.config.Problems;
import facteur.settings.RelationsCsvWriter.NameColumn;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RelationsCsvWriterTest {
    private static final Roles ROLES = Roles.of(Role.RESPONSIBLE, new Role("invoicing"), Role.PARTNER);

    @Test
    void namesTheRolesInTheirConfiguredOrder() throws IOException {
        assertThat(
                written(Map.of("R-1", card("", "\"Janssens, Jan\" <jan@dupont.example>, An <an@dupont.example>")), RelationsCsvWriter.Reader.PROGRAM))
                .isEqualTo("""
                        relation,responsible,invoicing,partner
                        R-1,"\""Janssens, Jan"" <jan@dupont.example>, An <an@dupont.example>",,
                        """);
    }

    @Test
    void hasAColumnForNamesWhereACardHasOne() throws IOException {
        var cards = Map.of("R-1", card("Bakkerij \"De Molen\", Gent", "jan@dupont.example"), "R-2", card("", "jan@dupont.example"));
        assertThat(written(cards, RelationsCsvWriter.Reader.PROGRAM)).isEqualTo("""
                relation,name,responsible,invoicing,partner
                R-1,"Bakkerij ""De Molen"", Gent",jan@dupont.example,,
                R-2,,jan@dupont.example,,
                """);
    }

    @Test
    void hasOnlyTheLineOfNamesWithoutACard() throws IOException {
        assertThat(written(Map.of(), RelationsCsvWriter.Reader.PROGRAM)).isEqualTo("relation,responsible,invoicing,partner\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=cmd|'/c calc'!A0", "+1", "-1", "@SUM(A1)", "＝1"})
    void givesNoFormulaToASpreadsheet(String name) throws IOException {
        assertThat(written(Map.of("R-1", card(name, "=jan@dupont.example")), RelationsCsvWriter.Reader.SPREADSHEET))
                .isEqualTo("\uFEFFrelation,name,responsible,invoicing,partner\r\nR-1,'" + name + ",'=jan@dupont.example,,\r\n");
        assertThat(written(Map.of(name, card("", "jan@dupont.example")), RelationsCsvWriter.Reader.SPREADSHEET))
                .contains("\r\n'" + name + ",jan@dupont.example,,\r\n");
        assertThat(written(Map.of("R-1", card(name, "jan@dupont.example")), RelationsCsvWriter.Reader.PROGRAM)).contains("R-1," + name + ",");
    }

    @Property(tries = 500)
    void isReadBackAsItWas(@ForAll("cards") Map<RelationId, RelationCard> cards) throws IOException {
        var text = written(cards, RelationsCsvWriter.Reader.PROGRAM);
        var read = read(text);
        assertThat(read).as(text).isEqualTo(cards);
        assertThat(written(read, RelationsCsvWriter.Reader.PROGRAM)).isEqualTo(text);
    }

    private static Map<RelationId, RelationCard> read(String text) {
        var builder = new Cards.Builder(Optional.empty(), TestTime.START);
        var problems = new Problems();
        new RelationsCsv(Path.of("dupont.relations.csv"), text, ROLES, problems).readInto(builder);
        assertThat(problems.list()).as(text).isEmpty();
        var read = sorted();
        builder.build("1").byId().forEach((id, card) -> read.put(id, ((Lookup.Found<RelationCard>) card).value()));
        return read;
    }

    private static <T> String written(Map<T, RelationCard> cards, RelationsCsvWriter.Reader reader) throws IOException {
        var sorted = sorted();
        cards.forEach((id, card) -> sorted.put(new RelationId(id.toString()), card));
        var out = new StringWriter();
        try (var writer = new RelationsCsvWriter(out, ROLES, NameColumn.of(sorted.values().stream()), reader)) {
            sorted.forEach(writer::write);
        }
        return out.toString();
    }

    private static SequencedMap<RelationId, RelationCard> sorted() {
        return new TreeMap<>((a, b) -> a.text().compareTo(b.text()));
    }

    private static RelationCard card(String name, String responsible) {
        var people = responsible.startsWith("=") ? List.of(Mailbox.of(Address.of(responsible))) : Mailbox.parseAddresses(responsible).orElseThrow();
        return new RelationCard(Map.of(Role.RESPONSIBLE, people), name);
    }

    @Provide
    static Arbitrary<Map<RelationId, RelationCard>> cards() {
        var odd = ArbitraryText.of(6, "R-", "1", "é", " ", ",", ";", "\"", "'", "=", "@", "sep=", "\\", "relation", "日", "😀", "\u2028", "\uFEFF");
        var text = Arbitraries.oneOf(odd, Arbitraries.strings().ofMaxLength(12));
        var ids = text.map(each -> each.strip())
                .filter(each -> each.codePoints().allMatch(Character::isValidCodePoint) && !holdsSurrogate(each))
                .flatMap(each -> Arbitraries.just(RelationId.parse(each).map(RelationId::composed)))
                .filter(Optional::isPresent)
                .map(Optional::get);
        var roles = Arbitraries.maps(Arbitraries.of(ROLES.list()), people()).ofMaxSize(3);
        var cards = Combinators.combine(roles, Arbitraries.oneOf(Arbitraries.just(""), text)).as(RelationCard::new);
        return Arbitraries.maps(ids, cards).ofMaxSize(5).map(map -> {
            var sorted = sorted();
            sorted.putAll(map);
            return sorted;
        });
    }

    /// Each person once: a card that names one twice is written as it counts.
    private static Arbitrary<List<Mailbox>> people() {
        return ArbitraryOffices.mailboxes().list().ofMinSize(1).ofMaxSize(4)
                .map(list -> new RelationCard(Map.of(Role.PARTNER, list)).people(Role.PARTNER));
    }

    private static boolean holdsSurrogate(String text) {
        return text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
