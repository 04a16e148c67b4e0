package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.KnownPrimes;
import facteur.fixture.RelayFolder;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Verbs that ask for an office's settings, where these are in the store.
@ExtendWith(KnownPrimes.class)
final class StoreSourceVerbsTest {
    @TempDir
    private Path folder;

    private StoppedRelay relay;

    @BeforeEach
    void open() {
        relay = StoppedRelay.in(folder);
        var _ = relay.folder().configured("settings: { source: store }\n");
    }

    @Test
    void withoutADatabaseThereAreNoSettings() {
        var ended = relay.run("explain --office dupont");
        assertThat(ended.exitCode()).isEqualTo(69);
        assertThat(ended.err()).startsWith("facteur: settings not available: ").hasLineCount(1);
        assertThat(relay.run("check").exitCode()).isZero();
    }

    @Test
    void explainsByWhatWasImportedAndNamesItsVersion() {
        var _ = relay.folder().office("dupont", RelayFolder.DUPONT);
        assertThat(relay.run("settings import " + folder.resolve("offices")).exitCode()).isZero();
        assertThat(relay.run("explain --office dupont --context invoice --relation R-1042").out())
                .contains("From      Cabinet Dupont SRL <office@dupont.example>", "Reply-To  An Peeters <an@dupont.example>",
                        "office    dupont, by store, version v1");
        assertThat(relay.run("explain --office durand").err()).isEqualTo("facteur: no such office: durand\n");
        assertThat(relay.run("domain add dupont.example --office dupont").exitCode()).isZero();
        assertThat(relay.run("domain add durand.example --office durand").exitCode()).isEqualTo(65);
        assertThat(relay.run("check").exitCode()).isZero();
    }
}
