package facteur.replay;

import static facteur.replay.ReplaySamples.COMPANY;
import static facteur.replay.ReplaySamples.decider;
import static facteur.replay.ReplaySamples.office;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.MemorySettings;
import facteur.fixture.TestTime;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.RelationId;
import facteur.office.ReplyTo;
import facteur.office.Role;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.policy.UnknownContext;
import facteur.settings.SettingsSource;
import facteur.spool.SpoolException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a replay may cost, and what it leaves alone.
final class ReplayLimitsTest {
    @TempDir
    private Path folder;

    private final TestTime time = new TestTime();
    private final MemorySettings settings = ReplaySamples.settings();
    private final List<RelationId> asked = new ArrayList<>();
    private PreparedLog prepared;

    @BeforeEach
    void open() throws Exception {
        prepared = new PreparedLog(folder);
    }

    @AfterEach
    void close() {
        prepared.close();
    }

    private ReplayResult replay(SettingsSource source, OfficeSettings draft, int letters) throws SpoolException {
        return new Replayer(prepared.log(), time).replay(source, decider(source, UnknownContext.GENERAL), draft, letters);
    }

    @Test
    void looksUpACardOnceAndOnlyWhereItCounts() throws Exception {
        for (var i = 0; i < 9; i++) {
            prepared.add("dupont", "", "R-1", "");
            prepared.add("dupont", "task", "R-2", i + "@dupont.example");
        }
        replay(watched(settings::relation), office(new ReplyTo.ToRole(Role.PARTNER)), 50);
        assertThat(asked).containsExactly(new RelationId("R-2"), new RelationId("R-1"));
        asked.clear();
        settings.with(office(new ReplyTo.ToCompany()));
        replay(watched(settings::relation), office(new ReplyTo.ToSender()), 50);
        assertThat(asked).isEmpty();
    }

    @Test
    void aCardThatCannotBeUsedDecidesNothing() throws Exception {
        prepared.add("dupont", "", "R-1", "");
        prepared.add("dupont", "", "", "");
        var result = (ReplayResult.Replayed) replay(
                watched((_, _) -> new Lookup.Unusable<>("not a mailbox")), office(new ReplyTo.ToSender()), 50);
        assertThat(result.undecided()).isEqualTo(1);
        assertThat(result.unchanged()).isEqualTo(1);
    }

    @Test
    void asksForAsManyCardsAtOnceAsTheSourceLikes() throws Exception {
        for (var i = 0; i < 10; i++) {
            prepared.add("dupont", "", "R-" + i, "");
            prepared.add("dupont", "", "R-" + i, "an@dupont.example");
        }
        var questions = new ArrayList<Set<RelationId>>();
        var source = new ReplaySamples.InBulk(settings, 4, questions);
        replay(source, office(new ReplyTo.ToRole(Role.PARTNER)), 50);
        assertThat(questions).extracting(Set::size).containsExactly(4, 4, 2);
        assertThat(questions.getFirst()).extracting(RelationId::text).containsExactlyInAnyOrder("R-9", "R-8", "R-7", "R-6");
    }

    /// Cards that are far away.
    @Test
    void endsWhenItsTimeIsUp() throws Exception {
        for (var i = 0; i < 30; i++) {
            prepared.add("dupont", "", "R-" + i, "");
        }
        var source = watched((office, relation) -> {
            time.advance(Duration.ofMillis(300));
            return settings.relation(office, relation);
        });
        var result = (ReplayResult.Replayed) replay(source, office(new ReplyTo.ToRole(Role.PARTNER)), 500);
        assertThat(result.letters()).isEqualTo(7);
        assertThat(result.end()).isEqualTo(ReplayResult.End.TIME);
        assertThat(result.since()).contains(TestTime.START.plusSeconds(30 - 6));
    }

    /// Each question for the office begins another replay, as far as that is let.
    @Test
    void twoRunAtATime() throws Exception {
        prepared.add("dupont", "", "R-1", "");
        var replayer = new Replayer(prepared.log(), time);
        var decider = decider(settings, UnknownContext.GENERAL);
        var draft = office(new ReplyTo.ToSender());
        var results = new ArrayList<ReplayResult>();
        var sources = new ArrayList<SettingsSource>();
        sources.add(ReplaySamples.source(office -> {
            try {
                results.add(replayer.replay(sources.getFirst(), decider, draft, 50));
            } catch (SpoolException broken) {
                throw new AssertionError(broken);
            }
            return settings.office(office);
        }, settings::relation));
        results.add(replayer.replay(sources.getFirst(), decider, draft, 50));
        assertThat(results.getFirst()).isEqualTo(new ReplayResult.Busy());
        assertThat(results).hasSize(3);
        assertThat(results.subList(1, 3)).allMatch(ReplayResult.Replayed.class::isInstance);
        assertThat(replayer.replay(settings, decider, draft, 50)).isInstanceOf(ReplayResult.Replayed.class);
    }

    @Test
    void needsAnOfficeThatCanBeUsed() throws Exception {
        var stranger = new OfficeSettings(new OfficeId("durand"), "v1", COMPANY, Optional.empty(), new ReplyTo.ToCompany(), Map.of(), List.of(),
                Sandbox.OFF, WhenUnverified.FALLBACK);
        assertThat(replay(settings, stranger, 50)).isEqualTo(new ReplayResult.NoOffice());
        assertThat(replay(ReplaySamples.broken(new Lookup.Unavailable<>("down")), stranger, 50)).isEqualTo(new ReplayResult.Unavailable("down"));
        assertThat(replay(ReplaySamples.broken(new Lookup.Unusable<>("wrong")), stranger, 50)).isEqualTo(new ReplayResult.Unusable("wrong"));
    }

    @Test
    void takesNoOtherNumberOfLetters() {
        for (var letters : List.of(-1, 0, 49, 5_001)) {
            assertThatThrownBy(() -> replay(settings, office(new ReplyTo.ToCompany()), letters)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void writesNothing() throws Exception {
        for (var i = 0; i < 60; i++) {
            prepared.add("dupont", "", "R-1", "");
        }
        var before = rows();
        replay(settings, office(new ReplyTo.ToRole(Role.PARTNER)), 50);
        assertThat(rows()).isEqualTo(before);
    }

    /// All that the file holds, as SQLite counts changes of it: a commit by any connection makes another number.
    private List<Object> rows() throws Exception {
        return prepared.database().reading(statements -> List.of(
                statements.first("pragma data_version", row -> row.getLong(1)).orElseThrow(),
                statements.first("select count(*) || max(settings_version) from letter", row -> row.getString(1)).orElseThrow(),
                statements.first("select group_concat(state || due_at || attempts) from queue", row -> row.getString(1)).orElseThrow()));
    }

    /// @param cards what it answers, once it has noted the question
    private SettingsSource watched(ReplaySamples.Cards cards) {
        return ReplaySamples.source(settings::office, (office, relation) -> {
            asked.add(relation);
            return cards.relation(office, relation);
        });
    }
}
