package facteur.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facteur.fixture.AdminPort;
import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.PackagedRelay;
import facteur.fixture.RelayFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of offices that can't be used, seen from outside the packaged program, without a letter that needs them.
final class BrokenOfficeIT {
    @TempDir
    private Path folder;

    @Test
    void isSeenEverywhereUntilItIsCorrected() throws Exception {
        var relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .office("durand", "company: Durand <o@durand.example>\n")
                .capturing();
        try (var running = PackagedRelay.run(relay.config())) {
            var admin = AdminPort.of(relay);
            assertThat(verb(relay, "reload").exitCode()).isZero();

            replace(relay, "durand.yaml", "company: Durand\n");
            // Root may read everything; a link to itself can't be followed by anyone.
            Files.createSymbolicLink(relay.config().resolveSibling("offices").resolve("dupont.relations.csv"), Path.of("dupont.relations.csv"));
            await().atMost(Duration.ofSeconds(20)).until(() -> troubles(running).size() == 2);
            assertThat(troubles(running))
                    .anyMatch(line -> line.contains("office=durand") && line.contains("durand.yaml:1: company: not a mailbox: Durand"))
                    .anyMatch(line -> line.contains("office=dupont") && line.contains("dupont.relations.csv: can't be read"));

            assertThat(admin.get("/health/ready"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"files\": [")
                    .contains("durand.yaml\"", "\"line\": 1", "\"reason\": \"company: not a mailbox: Durand", "\"oldAnswer\": false");
            assertThat(admin.get("/metrics")).containsPattern("(?m)^facteur_settings_troubled_files 2");
            var status = verb(relay, "status");
            assertThat(status.exitCode()).isZero();
            assertThat(status.out()).contains("durand.yaml:1: company: not a mailbox: Durand").contains("; letters that need it get 451");

            var reload = verb(relay, "reload");
            assertThat(reload.exitCode()).isEqualTo(66);
            assertThat(reload.out()).contains("configuration reloaded from");
            assertThat(reload.err()).contains("warning: ").contains("durand.yaml:1: company").contains("dupont.relations.csv: can't be read");
            var one = verb(relay, "reload", "--office", "durand");
            assertThat(one.exitCode()).isEqualTo(66);
            assertThat(one.err()).contains("durand.yaml:1: company").doesNotContain("dupont");

            replace(relay, "durand.yaml", "company: Durand <o@durand.example>\n");
            Files.delete(relay.config().resolveSibling("offices").resolve("dupont.relations.csv"));
            assertThat(verb(relay, "reload").exitCode()).isZero();
            await().atMost(Duration.ofSeconds(20)).until(() -> lines(running, "event=settings-recovered").size() == 2);
            assertThat(verb(relay, "reload", "--office", "durand").exitCode()).isZero();
            assertThat(troubles(running)).hasSize(2);
            assertThat(admin.get("/health/ready")).contains("\"files\": []");
        }
    }

    private static List<String> troubles(PackagedRelay running) {
        return lines(running, "event=settings-trouble");
    }

    private static List<String> lines(PackagedRelay running, String with) {
        return running.said().lines().filter(line -> line.contains(with)).toList();
    }

    private static Ended verb(RelayFolder relay, String... words) {
        return Command.run(relay.config(), words);
    }

    /// As the documents say: beside it, then into its place.
    private static void replace(RelayFolder relay, String name, String text) throws IOException {
        var beside = Files.writeString(relay.config().resolveSibling("offices").resolve(name + ".new"), text);
        Files.move(beside, relay.config().resolveSibling("offices").resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
