package facteur.domain;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.dkim.KeyState;
import facteur.mail.dkim.TestKeys;
import facteur.platform.dns.DnsAnswer;
import facteur.platform.dns.DnsSettings;
import facteur.platform.dns.RecordType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OwnDomainsTest {
    private static final OwnDomain BOTH =
            new OwnDomain("return.example.org", Set.of(OwnDomain.Use.BOUNCES, OwnDomain.Use.REPLIES));
    private static final OwnDomain SHARED = new OwnDomain("example.org", Set.of(OwnDomain.Use.FROM));
    private static final Duration EXPIRE_AFTER = Duration.ofDays(5);

    private final TestTime time = new TestTime();
    private final Map<String, String> published = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private int changes;

    @TempDir
    private Path state;

    private KeyFolder keys = new KeyFolder(Path.of("unused"));
    private OwnDomains own = domains(List.of());

    @BeforeEach
    void open() {
        keys = TestKeys.folder(state);
        own = domains(List.of("smtp.host.example", "192.0.2.7", "2001:db8::7"));
    }

    private OwnDomains domains(List<String> smarthosts) {
        return new OwnDomains(
                List.of(SHARED, BOTH), "relay.example.org", smarthosts, keys, new DomainCheck(this::answer), EXPIRE_AFTER, time, () -> changes++);
    }

    private DnsAnswer answer(String name, RecordType type) {
        asked.add(type + " " + name);
        return published.containsKey(name)
                ? new DnsAnswer.Found(List.of(published.get(name)), List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofHours(1))
                : new DnsAnswer.Absent(DnsAnswer.Absence.NO_NAME, List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofHours(1));
    }

    private void publish() {
        own.records(SHARED).forEach(record -> published.put(record.name(), record.text()));
    }

    private DomainSettings settings(DomainSettings.Verification verification) {
        return new DomainSettings(verification, Set.of(), new DnsSettings(List.of(), Duration.ofSeconds(1)), new Lifecycle(3, Duration.ofHours(24)));
    }

    @Test
    void whatComesBackNeedsAHostAndReversePathsASmarthost() {
        assertThat(DnsRecord.zone(own.records(BOTH))).isEqualTo(
                """
                return.example.org. 3600 IN MX 10 relay.example.org.
                return.example.org. 3600 IN TXT "v=spf1 a:smtp.host.example ip4:192.0.2.7 ip6:2001:db8::7 ~all"
                """);
        assertThat(own.records(SHARED)).isEmpty();
        assertThat(DnsRecord.zone(domains(List.of()).records(BOTH))).doesNotContain("spf1");
    }

    /// Not of the shared address's: its mail goes to other mailboxes.
    @Test
    void looksForTheMailHostsOfThoseThatMailComesBackTo() {
        published.put("return.example.org", "10 relay.example.org.");
        assertThat(own.mailHosts(BOTH).orElseThrow().finding().verdict()).isEqualTo(Finding.Verdict.RIGHT);
        assertThat(asked).containsExactly("MX return.example.org");
        assertThat(own.mailHosts(SHARED)).isEmpty();
    }

    @Test
    void aKeySignsOnceItsRecordIsSeen() throws Exception {
        assertThat(own.state(SHARED)).isEqualTo(OwnDomains.State.NO_KEY);
        own.add(SHARED);
        own.add(SHARED);
        assertThat(own.state(SHARED)).isEqualTo(OwnDomains.State.WAITING);
        assertThat(own.check(SHARED)).extracting(found -> found.finding().verdict()).containsOnly(Finding.Verdict.WRONG);
        assertThat(own.state(SHARED)).isEqualTo(OwnDomains.State.WAITING);
        publish();
        var _ = own.check(SHARED);
        assertThat(own.state(SHARED)).isEqualTo(OwnDomains.State.SIGNING);
        assertThat(changes).isEqualTo(3);
    }

    @Test
    void oldKeysGoOnceNoLetterNeedsThem() throws Exception {
        own.add(SHARED);
        publish();
        var _ = own.check(SHARED);
        time.advance(Duration.ofDays(1));
        own.rotate(SHARED);
        publish();
        var _ = own.check(SHARED);
        assertThat(keys.read("example.org").in(KeyState.RETIRED)).hasSize(2);
        time.advance(EXPIRE_AFTER.plus(Duration.ofDays(7)).plusSeconds(1));
        var _ = own.check(SHARED);
        assertThat(keys.read("example.org").in(KeyState.RETIRED)).isEmpty();
        own.remove(SHARED);
        assertThat(own.state(SHARED)).isEqualTo(OwnDomains.State.NO_KEY);
    }

    @Test
    void theDaemonLooksOnlyWhileAKeyWaits() throws Exception {
        var watch = new OwnDomainWatch(() -> settings(DomainSettings.Verification.DNS), () -> own);
        watch.run();
        assertThat(asked).isEmpty();
        own.add(SHARED);
        publish();
        new OwnDomainWatch(() -> settings(DomainSettings.Verification.NONE), () -> own).run();
        assertThat(own.state(SHARED)).isEqualTo(OwnDomains.State.WAITING);
        watch.run();
        assertThat(own.state(SHARED)).isEqualTo(OwnDomains.State.SIGNING);
        asked.clear();
        watch.run();
        assertThat(asked).isEmpty();
    }
}
