package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryOffices;
import facteur.fixture.TestTime;
import facteur.mail.message.Mailbox;
import facteur.office.Lookup;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.platform.config.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/// With any mistake in one line: the cards of the others are what they are without it, or the file counts for nothing.
final class RelationsCsvPropertyTest {
    private static final int LINES = 6;
    private static final List<String> SOUND = sound();
    private static final List<RelationCard> CARDS =
            IntStream.range(1, LINES).mapToObj(RelationsCsvPropertyTest::card).toList();

    @Property(tries = 3000)
    void aMistakeInOneLineTouchesNoOtherCard(@ForAll("mistakes") Tuple2<Integer, String> mistake, @ForAll("ends") String end) {
        var lines = new ArrayList<>(SOUND);
        var broken = mistake.get1();
        lines.set(broken, mistake.get2());
        var cards = read(String.join(end, lines) + end);
        cards.ifPresent(some -> {
            for (var line = 1; line < LINES; line++) {
                if (line != broken && !mistake.get2().contains("R-" + line)) {
                    assertThat(some.card(new RelationId("R-" + line))).isEqualTo(new Lookup.Found<>(CARDS.get(line - 1), TestTime.START));
                }
            }
        });
    }

    @Property(tries = 1000)
    void aFileThatIsCutHasNoCardOfAClientThatItNamesInQuotesOnly(@ForAll("cuts") int length) {
        var text = "relation,collaborator,partner\nR-1,\"An <an@dupont.example>\",\"Bo <bo@dupont.example>\"\n";
        var lookup = read(text.substring(0, Math.min(length, text.length()))).map(cards -> cards.card(new RelationId("R-1")));
        if (lookup.isPresent() && lookup.get() instanceof Lookup.Found<RelationCard>(var card, _)) {
            assertThat(card.people(Role.COLLABORATOR)).isEqualTo(Mailbox.parseList("An <an@dupont.example>").orElseThrow());
            assertThat(card.people(Role.PARTNER)).isSubsetOf(Mailbox.parseList("Bo <bo@dupont.example>").orElseThrow());
        }
    }

    @Provide
    static Arbitrary<Integer> cuts() {
        return Arbitraries.integers().between(0, 90);
    }

    @Provide
    static Arbitrary<String> ends() {
        return Arbitraries.of("\n", "\r\n", "\r");
    }

    @Provide
    static Arbitrary<Tuple2<Integer, String>> mistakes() {
        var text = Arbitraries.strings()
                .withChars("\",;\t \r\nR-12a@x<>é\u0000")
                .ofMaxLength(40);
        var cut = Combinators.combine(Arbitraries.integers().between(1, LINES - 1), Arbitraries.integers().between(0, 110), text.ofMaxLength(4))
                .as((line, at, put) -> SOUND.get(line).substring(0, Math.min(at, SOUND.get(line).length())) + put
                        + SOUND.get(line).substring(Math.min(at, SOUND.get(line).length())));
        return Combinators.combine(Arbitraries.integers().between(1, LINES - 1), Arbitraries.oneOf(text, cut)).as(Tuple::of);
    }

    private static List<String> sound() {
        var lines = new ArrayList<>(List.of("relation,collaborator,partner,name,invoicing"));
        for (var line = 1; line < LINES; line++) {
            lines.add(
                    "R-%1$d,\"Jan, %1$d <jan%1$d@dupont.example>\",\"a%1$d@dupont.example, b%1$d@dupont.example\",\"Client %1$d\",c%1$d@dupont.example"
                            .formatted(line).replace("Jan, ",
                                    "Jan "));
        }
        return lines;
    }

    private static RelationCard card(int line) {
        var cards = read(String.join("\n", List.of(SOUND.getFirst(), SOUND.get(line)))).orElseThrow();
        return cards.found().findFirst().orElseThrow();
    }

    private static Optional<Cards> read(String text) {
        var cards = new Cards.Builder(Optional.empty(), TestTime.START);
        var problems = new Problems();
        var isUsable = new RelationsCsv(Path.of("dupont.relations.csv"), text, ArbitraryOffices.ROLES, problems).readInto(cards);
        assertThat(isUsable || !problems.isEmpty()).isTrue();
        return isUsable ? Optional.of(cards.build("1")) : Optional.empty();
    }
}
