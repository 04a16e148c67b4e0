package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.domain.Claim;
import facteur.domain.DomainDesk;
import facteur.office.OfficeId;
import facteur.platform.dns.DnsAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the page of mail settings says of a sender address, and of messages under it.
final class SenderStatesTest {
    private static final String PAGE = "/o/dupont/mail";

    private final Map<String, DnsAnswer> dns = new HashMap<>();
    private ConsoleWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws SQLException, IOException {
        world = new ConsoleWorld(folder);
        world.dns.set((name, _) -> dns.getOrDefault(
                name, new DnsAnswer.Absent(DnsAnswer.Absence.NO_NAME, List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofMinutes(5))));
        world.put("dupont", "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"from\":{\"address\":\"jan@new.example\"}}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private DomainDesk desk() {
        return world.services.rules().get().desk();
    }

    private Claim look(Claim claim) throws SQLException, IOException {
        var after = desk().check(claim).after();
        world.claims.refresh(world.database);
        return after;
    }

    private void publish(Claim claim) {
        desk().records(claim).forEach(record -> dns.put(
                record.name(), new DnsAnswer.Found(List.of(record.text()), List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofMinutes(5))));
    }

    private String page(String... query) {
        return world.get(As.ADMIN, PAGE + String.join("", query)).page();
    }

    @Test
    void goesThroughTheLifeOfADomain() throws SQLException, IOException {
        assertThat(page()).contains(
                "<p class=\"state bad\" id=\"from-address-state\">The domain new.example has not been added: your messages are sent from inbox@relay.example.",
                "href=\"/o/dupont/domains\"",
                "because the domain new.example has not been added.");
        var claim = desk().add("new.example", new OfficeId("dupont"));
        world.claims.refresh(world.database);
        assertThat(page()).contains(
                "<p class=\"state warn\" id=\"from-address-state\">The domain new.example is not verified yet",
                "href=\"/o/dupont/domains/new.example\"",
                "because the domain new.example is not verified yet.");
        publish(claim);
        claim = look(claim);
        assertThat(page()).contains("<p class=\"state ok\" id=\"from-address-state\">The domain new.example is verified.</p>")
                .doesNotContain("Not sent from");
        dns.clear();
        claim = look(claim);
        assertThat(page()).contains("The records of new.example are missing: put them back before 24 November 2026.").doesNotContain("Not sent from");
        world.language.set("fr");
        assertThat(page()).contains("remettez-les avant le 24 novembre 2026.");
        for (var i = 0; i < 3; i++) {
            world.time.advance(Duration.ofDays(1));
            claim = look(claim);
        }
        assertThat(page()).contains("n’est plus utilisé", "car le domaine new.example n’est plus vérifié.");
        world.language.set("nl");
        assertThat(page()).contains("wordt niet meer gebruikt", "omdat het domein new.example niet meer geverifieerd is.");
    }

    @Test
    void saysThatMessagesAreRefusedWhereThatWasChosen() {
        var reply = world.post(As.ADMIN, PAGE + "/preview", "version", "2", "unverified", "refuse");
        assertThat(reply.page()).contains("For now they are refused", "would be refused: the domain new.example has not been added");
    }
}
