package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is signed in, and for how long.
abstract class SessionsContract extends TwoNodes {
    private static final Holder SUITE_USER = new Holder.SuiteUser("suite", "u-17", "Jan Janssens");

    private Sessions.Begun launch(Holder holder, Optional<String> embed) throws SQLException {
        return sessions.begin(NewSession.of(holder, List.of(Grant.admin(DUPONT)), "192.0.2.7", "Browser/1")
                .withLanguage(Optional.of("fr"))
                .withReturnTo(Optional.of("https://app.example.org/settings"))
                .withEmbed(embed));
    }

    @Test
    void aCookieIsGoodOnEveryNode() throws SQLException {
        var begun = begin(ready("jan", Grant.admin(DUPONT)));
        assertThat(begun.cookie()).matches("[A-Za-z0-9_-]{43}");
        var found = otherSessions.find(begun.cookie()).orElseThrow();
        assertThat(found).isEqualTo(begun.session());
        assertThat(found.holder()).isEqualTo(new Holder.Person("jan", "jan"));
        assertThat(found.rights().writes(DUPONT)).isTrue();
        assertThat(found.rights().reads(DURAND)).isFalse();
        assertThat(found.until()).isEqualTo(time.instant().plus(Duration.ofHours(12)));
        assertThat(found.peer()).isEqualTo("192.0.2.7");
        assertThat(sessions.find(found.id().text())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "' or 1=1 --", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\0"})
    void whatIsNoCookieIsNobodys(String cookie) throws SQLException {
        var _ = begin(ready("jan", Grant.operator()));
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void noCookieIsInTheDatabase() throws SQLException {
        var begun = begin(ready("jan", Grant.operator()));
        var rows = database.reading(statements -> statements.list("select id, holder, subject, name, peer, agent from session", row -> {
            var cells = new ArrayList<String>();
            for (var i = 1; i <= 6; i++) {
                cells.add(row.getString(i));
            }
            return String.join(" ", cells);
        }));
        assertThat(rows).singleElement().asString().doesNotContain(begun.cookie()).startsWith(begun.session().id().text());
    }

    @Test
    void aSessionEndsWhenItIsIdle() throws SQLException {
        var begun = begin(ready("jan", Grant.operator()));
        for (var i = 0; i < 4; i++) {
            pass(Duration.ofMinutes(29));
            assertThat((i % 2 == 0 ? sessions : otherSessions).find(begun.cookie())).isPresent();
        }
        pass(Duration.ofMinutes(30));
        assertThat(sessions.find(begun.cookie())).isEmpty();
        assertThat(sessions.of(begun.session().holder())).isEmpty();
    }

    @Test
    void whatAPageAsksByItselfKeepsNoSession() throws SQLException {
        var begun = begin(ready("jan", Grant.operator()));
        for (var i = 0; i < 2; i++) {
            assertThat(sessions.look(begun.cookie())).isPresent();
            pass(Duration.ofMinutes(15));
        }
        assertThat(sessions.look(begun.cookie())).isEmpty();
    }

    @Test
    void aSessionEndsAfterTwelveHoursHoweverBusy() throws SQLException {
        var begun = begin(ready("jan", Grant.operator()));
        for (var i = 0; i < 12 * 4 - 1; i++) {
            pass(Duration.ofMinutes(15));
            assertThat(sessions.find(begun.cookie())).as("%s", i).isPresent();
        }
        pass(Duration.ofMinutes(15));
        assertThat(sessions.find(begun.cookie())).isEmpty();
    }

    @Test
    void otherLimitsCountForSessionsThatAreThere() throws SQLException {
        var begun = begin(ready("jan", Grant.operator()));
        pass(Duration.ofMinutes(5));
        limits = new SessionLimits(Duration.ofMinutes(30), Duration.ofMinutes(5));
        assertThat(sessions.find(begun.cookie())).isEmpty();
        limits = new SessionLimits(Duration.ofMinutes(5), Duration.ofHours(12));
        assertThat(sessions.find(begun.cookie())).isEmpty();
        limits = new SessionLimits(Duration.ofMinutes(6), Duration.ofHours(12));
        assertThat(sessions.find(begun.cookie())).isPresent();
    }

    /// Letters come first: pages commit little.
    @Test
    void aUseIsWrittenOncePerMinute() throws SQLException {
        var begun = begin(ready("jan", Grant.operator()));
        pass(Duration.ofSeconds(59));
        var _ = sessions.find(begun.cookie());
        assertThat(sessions.of(begun.session().holder()).getFirst().usedAt()).isEqualTo(begun.session().madeAt());
        pass(Duration.ofSeconds(1));
        var _ = sessions.find(begun.cookie());
        assertThat(sessions.of(begun.session().holder()).getFirst().usedAt()).isEqualTo(time.instant());
    }

    @Test
    void rightsAreThoseOfTheMoment() throws SQLException {
        var begun = begin(ready("jan", Grant.operator()));
        var _ = persons.grant("jan", List.of(Grant.reader(DUPONT)));
        persons.language("jan", Optional.of("nl"));
        var now = otherSessions.find(begun.cookie()).orElseThrow();
        assertThat(now.rights()).isEqualTo(new Rights(List.of(Grant.reader(DUPONT))));
        assertThat(now.language()).contains("nl");
    }

    @Test
    void ofElevenSessionsTheFirstEnds() throws SQLException {
        var jan = ready("jan", Grant.operator());
        var piet = begin(ready("piet", Grant.operator()));
        var begun = new ArrayList<Sessions.Begun>();
        for (var i = 0; i < 11; i++) {
            pass(Duration.ofSeconds(1));
            begun.add(begin(jan));
        }
        assertThat(sessions.find(begun.getFirst().cookie())).isEmpty();
        assertThat(sessions.find(piet.cookie())).isPresent();
        assertThat(sessions.of(jan.holder())).extracting(Session::id)
                .containsExactlyElementsOf(begun.reversed().subList(0, 10).stream().map(each -> each.session().id()).toList());
    }

    @Test
    void halfASessionHasNoRightsAndBecomesAnother() throws SQLException {
        var jan = ready("jan", Grant.operator());
        var half = sessions.begin(NewSession.of(jan, true, "192.0.2.7", "Browser/1"));
        var found = otherSessions.find(half.cookie()).orElseThrow();
        assertThat(found.needsSecondStep()).isTrue();
        assertThat(found.rights()).isEqualTo(Rights.NONE);
        assertThat(sessions.of(jan.holder())).isEmpty();
        var whole = otherSessions.complete(found.id()).orElseThrow();
        assertThat(whole.cookie()).isNotEqualTo(half.cookie());
        assertThat(whole.session().rights().operates()).isTrue();
        assertThat(sessions.find(half.cookie())).isEmpty();
        assertThat(sessions.find(whole.cookie())).contains(whole.session());
        assertThat(sessions.complete(found.id())).isEmpty();
        assertThat(sessions.complete(whole.session().id())).isEmpty();
    }

    @Test
    void ofAllWhoCompleteASessionAtOnceOneDoes() throws Exception {
        var half = sessions.begin(NewSession.of(ready("jan", Grant.operator()), true, "", "")).session().id();
        assertThat(atOnce(() -> sessions.complete(half), () -> otherSessions.complete(half))).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    void halfASessionLivesTenMinutes() throws SQLException {
        var half = sessions.begin(NewSession.of(ready("jan", Grant.operator()), true, "", ""));
        pass(Duration.ofMinutes(10));
        assertThat(sessions.find(half.cookie())).isEmpty();
        assertThat(sessions.complete(half.session().id())).isEmpty();
    }

    @Test
    void aSuitesUserHasWhatTheSuiteGave() throws SQLException {
        var begun = launch(SUITE_USER, Optional.empty());
        var found = otherSessions.find(begun.cookie()).orElseThrow();
        assertThat(found).isEqualTo(begun.session());
        assertThat(found.holder().actor()).isEqualTo("suite");
        assertThat(found.holder().behalf()).isEqualTo("Jan Janssens");
        assertThat(found.rights().grants()).containsExactly(Grant.admin(DUPONT));
        assertThat(found.language()).contains("fr");
        assertThat(found.returnTo()).contains("https://app.example.org/settings");
    }

    @Test
    void aProvidersUserHasWhatTheProviderGave() throws SQLException {
        var user = new Holder.Federated("Company login", "sub 1", "Jan");
        var begun = sessions.begin(NewSession.of(user, List.of(Grant.viewer(), Grant.admin(DUPONT)), "", ""));
        assertThat(otherSessions.find(begun.cookie()).orElseThrow().rights().grants()).containsExactlyInAnyOrder(Grant.viewer(), Grant.admin(DUPONT));
        assertThat(sessions.endAll(user)).isEqualTo(1);
    }

    @Test
    void aSessionInAFrameLivesHalfAnHour() throws SQLException {
        var begun = launch(SUITE_USER, Optional.of("https://app.example.org"));
        pass(Duration.ofMinutes(29));
        assertThat(sessions.find(begun.cookie()).orElseThrow().embed()).contains("https://app.example.org");
        pass(Duration.ofMinutes(1));
        assertThat(sessions.find(begun.cookie())).isEmpty();
    }

    /// One id at two suites is two users.
    @Test
    void holdersAreToldApart() throws SQLException {
        var first = launch(SUITE_USER, Optional.empty());
        var second = launch(new Holder.SuiteUser("other", "u-17", "Jan Janssens"), Optional.empty());
        assertThat(sessions.endAll(SUITE_USER)).isEqualTo(1);
        assertThat(sessions.find(first.cookie())).isEmpty();
        assertThat(sessions.find(second.cookie())).isPresent();
    }

    @Test
    void sessionsAreEndedOneByOneOrAllButOne() throws SQLException {
        var jan = ready("jan", Grant.operator());
        var first = begin(jan);
        var second = begin(jan);
        var third = begin(jan);
        assertThat(otherSessions.end(first.session().id())).isTrue();
        assertThat(sessions.end(first.session().id())).isFalse();
        assertThat(sessions.find(first.cookie())).isEmpty();
        assertThat(otherSessions.endOthers(jan.holder(), third.session().id())).isEqualTo(1);
        assertThat(sessions.find(second.cookie())).isEmpty();
        assertThat(sessions.find(third.cookie())).isPresent();
    }

    @Test
    void whoHasRightsElsewhereBringsNone() {
        var person = new Holder.Person("jan", "Jan");
        var grants = List.of(Grant.operator());
        assertThatThrownBy(() -> NewSession.of(person, grants, "", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cleaningRemovesWhatHasEnded() throws SQLException {
        var jan = ready("jan", Grant.operator());
        var _ = begin(jan);
        var _ = persons.reset("jan");
        var _ = new UsedOnce(database).take("launch", "a", time.instant().plusSeconds(60));
        var cleaner = new AccessCleaner(database, time, () -> limits);
        assertThat(cleaner.clean()).isZero();
        pass(Duration.ofMinutes(1));
        assertThat(cleaner.clean()).isEqualTo(1);
        pass(Duration.ofMinutes(29));
        assertThat(cleaner.clean()).isEqualTo(1);
        pass(Duration.ofMinutes(30));
        assertThat(cleaner.clean()).isEqualTo(1);
        assertThat(cleaner.clean()).isZero();
        assertThat(persons.list()).hasSize(1);
    }
}
