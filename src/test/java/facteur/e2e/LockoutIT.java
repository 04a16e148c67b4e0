package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.AdminPort;
import facteur.fixture.AppConnection;
import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An address that is locked out is seen, by what watches and by who asks, and let in again by one command.
@Timeout(120)
final class LockoutIT {
    @TempDir
    private Path folder;

    @Test
    void isToldShownAndEndedByACommand() throws Exception {
        var relays = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith("apps", RelayFolder.LOGIN, "limits: { login-delay: 0s, login-failures: 2 }\n");
        try (var relay = PackagedRelay.runHashing(relays.config())) {
            assertThat(login(relay, "127.0.0.7", "guess-1", "guess-2")).containsExactly(535, 535);
            assertThat(login(relay, "127.0.0.8", "guess-1", "guess-2")).containsExactly(535, 535);
            assertThat(login(relay, "127.0.0.7", "sesame")).containsExactly(421);
            assertThat(login(relay, "127.0.0.7", "sesame")).containsExactly(421);

            Awaitility.await().untilAsserted(() -> assertThat(relay.said().lines().filter(line -> line.contains("event=login-locked")))
                    .as("once for each")
                    .hasSize(2)
                    .anyMatch(line -> line.contains("level=WARN") && line.contains("peer=127.0.0.7 failures=2 left-millis=")));
            assertThat(AdminPort.of(relays).get("/metrics")).contains("\nfacteur_login_locked_total 2.0\n");
            var status = facteur(relays, "status");
            assertThat(status.out()).containsPattern("locked out +127\\.0\\.0\\.[78] +[0-9].* left\n +127\\.0\\.0\\.[78] ")
                    .contains("event=login-locked");
            assertThat(facteur(relays, "status", "--json").out()).contains("\"lockedOut\": 2").containsPattern("\"leftSeconds\": (600|5\\d\\d)\\b");

            var unlocked = facteur(relays, "login", "unlock", "127.0.0.7");
            assertThat(unlocked.out()).isEqualTo("127.0.0.7 may log in again\n");
            assertThat(unlocked.exitCode()).isZero();
            assertThat(login(relay, "127.0.0.7", "sesame")).containsExactly(235);
            assertThat(login(relay, "127.0.0.8", "sesame")).containsExactly(421);
            Awaitility.await().until(() -> relay.said().contains("event=login-unlocked peer=127.0.0.7"));

            var again = facteur(relays, "login", "unlock", "127.0.0.7");
            assertThat(again.exitCode()).isEqualTo(65);
            assertThat(again.err()).isEqualTo("facteur: 127.0.0.7 is not locked out\n");
            assertThat(facteur(relays, "login", "unlock", "127.0.0.0/29").exitCode()).isEqualTo(65);
            assertThat(facteur(relays, "login", "unlock", "127.0.0.0/8").out()).isEqualTo("127.0.0.8 may log in again\n");
            assertThat(facteur(relays, "status").out()).doesNotContain("locked out");

            assertThat(facteur(relays, "login", "unlock", "all").exitCode()).isEqualTo(64);
            relay.stop();
            assertThat(facteur(relays, "login", "unlock", "127.0.0.7").exitCode()).isEqualTo(69);
        }
    }

    private static Ended facteur(RelayFolder relays, String... words) {
        return Command.run(relays.config(), words);
    }

    private static List<Integer> login(PackagedRelay relay, String address, String... passwords) throws IOException {
        try (var app = AppConnection.from(address, relay.port())) {
            app.say("EHLO app.example");
            var codes = new ArrayList<Integer>();
            for (var password : passwords) {
                var plain = Base64.getEncoder().encodeToString(("\0suite\0" + password).getBytes(StandardCharsets.US_ASCII));
                codes.add(app.say("AUTH PLAIN " + plain).code());
            }
            return codes;
        }
    }
}
