package facteur.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What works once.
abstract class TicketsContract extends TwoNodes {
    @Test
    void aTicketIsGoodOnceOnEveryNode() throws SQLException {
        var made = tickets.make(TicketKind.LAUNCH, "suite", "{\"office\": \"dupont\"}");
        assertThat(made.text()).matches("[A-Za-z0-9_-]{43}");
        assertThat(made.toString()).doesNotContain(made.text());
        assertThat(otherTickets.find(TicketKind.LAUNCH, made.text())).contains(made.ticket());
        assertThat(otherTickets.redeem(TicketKind.PASSWORD, made.text())).isEmpty();
        assertThat(otherTickets.redeem(TicketKind.LAUNCH, made.text())).contains(made.ticket());
        assertThat(tickets.find(TicketKind.LAUNCH, made.text())).isEmpty();
        assertThat(tickets.redeem(TicketKind.LAUNCH, made.text())).isEmpty();
    }

    @Test
    void ofAllWhoRedeemATicketAtOnceOneGetsIt() throws Exception {
        var text = tickets.make(TicketKind.LAUNCH, "suite", "").text();
        assertThat(atOnce(() -> tickets.redeem(TicketKind.LAUNCH, text), () -> otherTickets.redeem(TicketKind.LAUNCH, text)))
                .filteredOn(Optional::isPresent)
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"LAUNCH,60", "PASSWORD,3600", "FIRST,3600"})
    void aTicketIsTooOldOneDay(TicketKind kind, long seconds) throws SQLException {
        var text = tickets.make(kind, "jan", "").text();
        pass(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(tickets.find(kind, text)).isPresent();
        pass(Duration.ofMillis(1));
        assertThat(tickets.find(kind, text)).isEmpty();
        assertThat(tickets.redeem(kind, text)).isEmpty();
    }

    @Test
    void anotherTicketMayReplaceTheEarlier() throws SQLException {
        var first = tickets.replace(TicketKind.FIRST, "", "");
        var second = otherTickets.replace(TicketKind.FIRST, "", "");
        assertThat(tickets.redeem(TicketKind.FIRST, first.text())).isEmpty();
        assertThat(tickets.redeem(TicketKind.FIRST, second.text())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "' or 1=1 --", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\0"})
    void anotherTextIsNoTicket(String text) throws SQLException {
        var _ = tickets.make(TicketKind.LAUNCH, "suite", "");
        assertThat(tickets.find(TicketKind.LAUNCH, text)).isEmpty();
        assertThat(tickets.redeem(TicketKind.LAUNCH, text)).isEmpty();
    }

    @Test
    void noTicketIsInTheDatabase() throws SQLException {
        var made = tickets.make(TicketKind.LAUNCH, "suite", "");
        var digests = database.reading(statements -> statements.list("select digest from ticket", row -> row.getString(1)));
        assertThat(digests).containsExactly(SecretText.digest(made.text()));
    }

    @Test
    void ofAllWhoTakeAValueAtOnceOneGetsIt() throws Exception {
        var until = time.instant().plusSeconds(120);
        var here = new UsedOnce(database);
        var there = new UsedOnce(otherDatabase);
        assertThat(atOnce(() -> here.take("launch", "jti", until), () -> there.take("launch", "jti", until))).filteredOn(won -> won).hasSize(1);
        assertThat(here.take("launch", "other", until)).isTrue();
        assertThat(here.take("totp", "jti", until)).isTrue();
    }
}
