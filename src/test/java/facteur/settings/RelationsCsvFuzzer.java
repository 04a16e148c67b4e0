package facteur.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.fixture.ArbitraryOffices;
import facteur.fixture.TestTime;
import facteur.mail.message.Mailbox;
import facteur.office.Lookup;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Role;
import facteur.platform.config.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Any bytes between two lines: their cards are what they say, or spoiled by a second line for the same client, or
/// nothing of the file counts. They are never missing, so that the card of another file would count, and never another's.
final class RelationsCsvFuzzer {
    private static final RelationId ABOVE = new RelationId("above");
    private static final RelationId BELOW = new RelationId("below");

    @FuzzTest(maxDuration = "1m")
    void touchesNoOtherCard(byte[] bytes) {
        var text = "relation,collaborator,partner\nabove,a@d.example,\n" + new String(bytes, UTF_8) + "\nbelow,,\"b@d.example\"\n";
        var cards = new Cards.Builder(Optional.empty(), TestTime.START);
        var problems = new Problems();
        if (new RelationsCsv(Path.of("dupont.relations.csv"), text, ArbitraryOffices.ROLES, problems).readInto(cards)) {
            var read = cards.build("1");
            check(read.card(ABOVE), Role.COLLABORATOR, "a@d.example");
            check(read.card(BELOW), Role.PARTNER, "b@d.example");
        } else {
            assertThat(problems.list()).isNotEmpty();
        }
        problems.list().forEach(problem -> assertThat(problem.toString()).startsWith("dupont.relations.csv").doesNotContainPattern("\\p{Cc}"));
    }

    private static void check(Lookup<RelationCard> lookup, Role role, String mailbox) {
        switch (lookup) {
            case Lookup.Found<RelationCard>(var card, _) -> {
                assertThat(card.people(role)).isEqualTo(List.of(Mailbox.parse(mailbox).orElseThrow()));
                assertThat(card.people(role.equals(Role.PARTNER) ? Role.COLLABORATOR : Role.PARTNER)).isEmpty();
            }
            case Lookup.Unusable<RelationCard> _ -> {
                // A second line for the same client.
            }
            case Lookup.Missing<RelationCard> _, Lookup.Unavailable<RelationCard> _ -> throw new AssertionError(lookup);
        }
    }
}
