package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ArbitraryMail.Change;
import facteur.console.MailPoint.Part;
import facteur.platform.json.JsonValue;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class MailMergePropertyTest {
    @Provide
    Arbitrary<JsonValue> settings() {
        return ArbitraryMail.settings();
    }

    @Provide
    Arbitrary<Change> change() {
        return ArbitraryMail.change();
    }

    @Property(tries = 200)
    void oneWhoChangesAloneIsNotAsked(@ForAll("settings") JsonValue settings, @ForAll @Size(max = 6) List<@From("change") Change> changes) {
        var base = MailJson.read(settings);
        var changed = ArbitraryMail.changed(base, changes);
        assertThat(MailMerge.of(base, changed, base)).isEqualTo(new MailMerge(changed, List.of()));
        assertThat(MailMerge.of(base, base, changed)).isEqualTo(new MailMerge(changed, List.of()));
        assertThat(MailMerge.of(base, changed, changed)).isEqualTo(new MailMerge(changed, List.of()));
    }

    @Property(tries = 300)
    void eachPointIsThatOfTheOneWhoChangedIt(
            @ForAll("settings") JsonValue settings,
            @ForAll @Size(max = 6) List<@From("change") Change> some,
            @ForAll @Size(max = 6) List<@From("change") Change> others) {
        var base = MailJson.read(settings);
        var mine = ArbitraryMail.changed(base, some);
        var theirs = ArbitraryMail.changed(base, others);
        var merge = MailMerge.of(base, mine, theirs);
        for (var point : mine.changed(base)) {
            assertThat(merge.merged().get(point)).isEqualTo(mine.get(point));
        }
        // A name follows its address, and who changes the one is asked about the other.
        var alone = theirs.changed(base).stream()
                .filter(point -> !merge.both().contains(point))
                .filter(point -> mine.get(point).equals(base.get(point)))
                .filter(point -> !point.is(Part.FROM_NAME) || !merge.both().contains(point.of(Part.FROM)))
                .toList();
        for (var point : alone) {
            assertThat(merge.merged().get(point)).isEqualTo(theirs.get(point));
        }
        // What only one has changed is no question, but for a name whose address is at stake.
        assertThat(merge.both().stream().filter(point -> !point.is(Part.FROM)))
                .allMatch(point -> !mine.get(point).equals(base.get(point)) && !theirs.get(point).equals(base.get(point)));
        assertThat(MailMerge.of(base, theirs, mine).both()).containsExactlyInAnyOrderElementsOf(merge.both());
    }

    @Property(tries = 300)
    void whoTakesAllOfTheOthersHasThem(
            @ForAll("settings") JsonValue settings,
            @ForAll @Size(max = 6) List<@From("change") Change> some,
            @ForAll @Size(max = 6) List<@From("change") Change> others) {
        var base = MailJson.read(settings);
        var mine = ArbitraryMail.changed(base, some);
        var theirs = ArbitraryMail.changed(base, others);
        var merge = MailMerge.of(base, mine, theirs);
        var taken = merge.merged();
        for (var point : merge.both()) {
            taken = MailMerge.theirs(taken, point, theirs);
        }
        for (var point : theirs.changed(base)) {
            assertThat(taken.get(point)).isEqualTo(theirs.get(point));
        }
    }
}
