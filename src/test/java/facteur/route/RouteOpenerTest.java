package facteur.route;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedUpstream;
import facteur.fixture.TestTime;
import facteur.fixture.TestTls;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.upstream.Breaker;
import facteur.upstream.FailureCause;
import facteur.upstream.Outcome;
import facteur.upstream.SevenBitForm;
import facteur.upstream.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which upstreams outlive a reload.
final class RouteOpenerTest {
    private static final String CONFIG = """
            upstreams:
              - name: main
                kind: smtp
                address: main.example:587
                login: me
                password: sesame
                trust: ca.pem
                letters-per-day: 10
              - name: token
                kind: smtp
                address: token.example:587
                auth: xoauth2
                login: me@token.example
                capture-copy: true
                token: { url: "https://token.example/", grant: refresh-token, client-id: us, client-secret: hush, refresh-token: first }
              - { name: capture, kind: capture }
            """;

    private final RouteOpener opener =
            new RouteOpener(wait -> wait, SevenBitForm.NONE, _ -> {}, new TestTime(), new Random(1), UnaryOperator.identity());

    @TempDir
    private Path folder;

    @BeforeEach
    void trustSomebody() throws IOException {
        Files.copy(ScriptedUpstream.certificate(), folder.resolve("ca.pem"));
    }

    @Test
    void whatIsReadAgainAsItWasStays() {
        var before = opener.open(read(CONFIG));
        assertThat(opener.open(read(CONFIG), before).hops()).isEqualTo(before.hops());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "letters-per-day: 10 | letters-per-day: 20",
        "letters-per-day: 10 | recipients-per-day: 20",
        "letters-per-day: 10 | weight: 2"
    })
    void capsAndRankAreChangedInPlace(String old, String replacement) {
        var before = opener.open(read(CONFIG));
        assertThat(opener.open(read(CONFIG.replace(old, replacement)), before).hops()).isEqualTo(before.hops());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "main.example:587 | other.example:587 | main",
        "main.example:587 | main.example:465 | main",
        "password: sesame | password: simsim | main",
        "trust: ca.pem | connections: 3 | main",
        "refresh-token: first | refresh-token: second | token",
        "client-secret: hush | client-secret: hash | token",
        "capture-copy: true | capture-copy: false | token",
        "name: capture, kind: capture | name: capture, kind: discard | capture",
    })
    void whatHasChangedIsMadeAnewAndNothingElse(String old, String replacement, String changed) {
        var before = opener.open(read(CONFIG));
        var after = opener.open(read(CONFIG.replace(old, replacement)), before);
        assertThat(after.hops())
                .filteredOn(hop -> !before.hops().contains(hop))
                .extracting(Hop::name)
                .containsExactly(changed);
    }

    @Test
    void aFileThatHoldsSomethingElseIsAChange() throws IOException {
        var before = opener.open(read(CONFIG));
        Files.copy(TestTls.file("expired.pem"), folder.resolve("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(opener.open(read(CONFIG), before).hops()).doesNotContain(before.hops().getFirst()).contains(before.hops().get(1));
    }

    @Test
    void oneThatHasMovedIsUpWhenTheOldOneIsDown() {
        var before = opener.open(read(CONFIG));
        var breaker = before.hops().getFirst().breaker();
        breaker.end(breaker.begin(), List.of(new Outcome.TempFailed(Stage.CONNECT, new FailureCause.Trouble("refused"))));
        assertThat(breaker.condition()).isInstanceOf(Breaker.Condition.Down.class);
        assertThat(opener.open(read(CONFIG), before).hops().getFirst().breaker()).isSameAs(breaker);
        var moved = opener.open(read(CONFIG.replace("main.example", "other.example")), before);
        assertThat(moved.hops().getFirst().breaker().condition()).isEqualTo(new Breaker.Condition.Up());
    }

    private RouteSettings read(String yaml) {
        var problems = new Problems();
        var settings = RouteSettings.from(
                ConfigFile.parse(yaml, folder.resolve("facteur.yaml"), problems), folder.resolve("var"), "relay.example.org");
        assertThat(problems.list()).isEmpty();
        return settings;
    }
}
