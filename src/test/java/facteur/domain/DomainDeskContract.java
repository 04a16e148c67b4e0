package facteur.domain;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedDns;
import facteur.fixture.ScriptedDns.Manner;
import facteur.fixture.TestTime;
import facteur.mail.dkim.KeyFolder;
import facteur.mail.dkim.KeyState;
import facteur.mail.dkim.TestKeys;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.platform.clock.ClockTrust;
import facteur.platform.database.Database;
import facteur.platform.dns.DnsSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Claims in a database, against a DNS server on the loopback. It is long because both databases run all of it.
abstract class DomainDeskContract {
    static final String DOMAIN = "dupont.example";
    static final OfficeId DUPONT = new OfficeId("dupont");
    static final OfficeId DURAND = new OfficeId("durand");

    final TestTime time = new TestTime();
    private ClockTrust trust = ClockTrust.ALWAYS;
    final ScriptedDns server = ScriptedDns.start();
    private final List<Transition> reported = new ArrayList<>();
    private Transition.Reported answer = Transition.Reported.DONE;

    @TempDir
    Path state;

    Database database;
    private KeyFolder keys;
    private DomainDesk desk;

    abstract Database openDatabase() throws SQLException;

    @BeforeEach
    void open() throws SQLException {
        database = openDatabase();
        keys = TestKeys.folder(state);
        desk = desk(settings());
    }

    @AfterEach
    void close() {
        server.close();
        database.close();
    }

    private DomainSettings settings() {
        return new DomainSettings(
                DomainSettings.Verification.DNS,
                Set.of(),
                new DnsSettings(List.of(server.address()), Duration.ofMillis(300)),
                new Lifecycle(3, Duration.ofHours(24)));
    }

    private DomainDesk desk(DomainSettings settings) {
        return new DomainDesk(
                database,
                keys,
                new DomainCheck(settings.dns().open()),
                settings.lifecycle(),
                Duration.ofDays(5),
                time,
                trust,
                new SecureRandom());
    }

    private void watch(Claims claims) {
        try (var checks = Executors.newVirtualThreadPerTaskExecutor()) {
            new DomainWatch(database, claims, this::settings, this::desk, checks, transition -> {
                reported.add(transition);
                return answer;
            }).run();
        }
    }

    private List<String> reported() {
        var words = reported.stream().map(each -> each.before() + " -> " + each.claim().state().word()).toList();
        reported.clear();
        return words;
    }

    private void publish(Claim claim) {
        for (var record : desk.records(claim)) {
            server.txt(record.name(), record.text());
        }
    }

    private Claim only() throws SQLException {
        var claims = desk.of(DOMAIN);
        assertThat(claims).hasSize(1);
        return claims.getFirst();
    }

    @Test
    void addsAClaimOnce() throws Exception {
        var claim = desk.add(DOMAIN, DUPONT);
        assertThat(claim.token()).matches("[0-9a-f]{40}");
        assertThat(claim.state()).isEqualTo(new DomainState.Pending(TestTime.START));
        time.advance(Duration.ofHours(1));
        assertThat(desk.add(DOMAIN, DUPONT)).isEqualTo(claim);
        assertThat(desk.add(DOMAIN, DURAND).token()).isNotEqualTo(claim.token());
        assertThat(desk.list()).extracting(Claim::office).containsExactly(DUPONT, DURAND);
        assertThat(keys.read(DOMAIN).in(KeyState.ANNOUNCED)).hasSize(2);
    }

    @Test
    void provesAClaimByItsRecords() throws Exception {
        var claim = desk.add(DOMAIN, DUPONT);
        assertThat(desk.check(claim).findings().evidence()).isEqualTo(
                new Evidence.Mismatch("_facteur.dupont.example: there is no such name"));
        publish(claim);
        var checked = desk.check(only());
        assertThat(checked.findings().evidence()).isEqualTo(new Evidence.Proved());
        assertThat(checked.after().state()).isEqualTo(new DomainState.Verified(time.instant()));
        assertThat(checked.after().checkedAt()).contains(time.instant());
        assertThat(keys.read(DOMAIN).signing()).hasSize(2);
        assertThat(DmarcOutlook.of(checked.findings(), Optional.of(Address.of("inbox@shared.example"))).getFirst())
                .isEqualTo("a receiver that enforces DMARC will pass this letter by DKIM (d=dupont.example); SPF is not aligned"
                        + " because the reverse-path is inbox@shared.example");
    }

    @Test
    void takesAKeyByAnAlias() throws Exception {
        var claim = desk.add(DOMAIN, DUPONT);
        var records = desk.records(claim);
        server.txt(records.getFirst().name(), "\t" + records.getFirst().text() + " ");
        server.alias(records.getLast().name(), "key1.relay.example").txt("key1.relay.example", records.getLast().text());
        assertThat(desk.check(claim).after().state()).isInstanceOf(DomainState.Verified.class);
        assertThat(keys.read(DOMAIN).signing()).hasSize(1);
    }

    @Test
    void anotherOfficeNeedsItsOwnToken() throws Exception {
        publish(desk.add(DOMAIN, DUPONT));
        var other = desk.add(DOMAIN, DURAND);
        watch(new Claims());
        var claims = new Claims();
        claims.refresh(database);
        var registry = settings().registry(claims);
        var address = Address.of("office@DUPONT.example");
        assertThat(registry.stateOf(DUPONT, address)).get().isInstanceOf(DomainState.Verified.class);
        assertThat(registry.stateOf(DURAND, address)).get().isInstanceOf(DomainState.Pending.class);
        assertThat(registry.stateOf(new OfficeId("third"), address)).isEmpty();
        assertThat(registry.stateOf(DUPONT, Address.of("office@mail.dupont.example"))).isEmpty();
        server.txt(other.ownershipName(), desk.of(DOMAIN).getFirst().ownershipText(), other.ownershipText());
        assertThat(desk.check(desk.of(DOMAIN).getLast()).after().state()).isInstanceOf(DomainState.Verified.class);
    }

    @Test
    void seesWhatAnotherProcessHasDone() throws Exception {
        var claims = new Claims();
        claims.refresh(database);
        publish(desk.add(DOMAIN, DUPONT));
        desk.check(only());
        assertThat(claims.counts()).containsEntry("verified", 0L);
        claims.refresh(database);
        assertThat(claims.counts())
                .isEqualTo(Map.of("pending", 0L, "verified", 1L, "unconfirmed", 0L, "degraded", 0L, "suspended", 0L, "failed", 0L));
        desk.remove(DOMAIN, DUPONT);
        claims.refresh(database);
        assertThat(claims.counts()).containsEntry("verified", 0L);
    }

    /// Three mismatches in seconds, while the clock went on by days.
    @Test
    void suspendsNothingWhileTheClockIsNotToBeBelieved() throws Exception {
        publish(desk.add(DOMAIN, DUPONT));
        desk.check(only());
        server.without(only().ownershipName());
        trust = () -> false;
        desk = desk(settings());
        for (var check = 0; check < 5; check++) {
            time.advance(Duration.ofDays(2));
            desk.check(only());
        }
        assertThat(only().state()).isInstanceOf(DomainState.Degraded.class);
        assertThat(only().nextCheckAt()).isBeforeOrEqualTo(time.instant().plus(Lifecycle.SOON));
        trust = ClockTrust.ALWAYS;
        desk = desk(settings());
        desk.check(only());
        assertThat(only().state()).isInstanceOf(DomainState.Suspended.class);
    }

    @Test
    void checksWhatAClockThatWasAheadHasPutOff() throws Exception {
        desk.add(DOMAIN, DUPONT);
        time.advance(Duration.ofDays(60));
        desk.check(only());
        time.advance(Duration.ofDays(-60));
        assertThat(desk.leaseDue(9, Duration.ofMinutes(10))).hasSize(1);
        assertThat(desk.leaseDue(9, Duration.ofMinutes(10))).isEmpty();
    }

    @Test
    void suspendsOnlyWhatStaysWrong() throws Exception {
        var claim = desk.add(DOMAIN, DUPONT);
        publish(claim);
        watch(new Claims());
        assertThat(reported()).containsExactly("pending -> verified");
        server.manner(claim.ownershipName(), Manner.SERVFAIL);
        for (var day = 0; day < 10; day++) {
            time.advance(Duration.ofDays(1));
            watch(new Claims());
        }
        assertThat(only().state().isUsable()).isTrue();
        assertThat(reported()).containsExactly("verified -> unconfirmed");
        server.manner(claim.ownershipName(), Manner.HONEST).without(claim.ownershipName());
        time.advance(Duration.ofDays(1));
        watch(new Claims());
        assertThat(reported()).containsExactly("unconfirmed -> degraded");
        for (var hour = 0; hour < 23; hour++) {
            time.advance(Duration.ofHours(1));
            watch(new Claims());
        }
        assertThat(only().state()).isInstanceOf(DomainState.Degraded.class);
        time.advance(Duration.ofHours(1));
        watch(new Claims());
        assertThat(reported()).containsExactly("degraded -> suspended");
        assertThat(only().state().reason()).isEqualTo("_facteur.dupont.example: there is no such name");
        publish(claim);
        time.advance(Duration.ofDays(1));
        watch(new Claims());
        assertThat(reported()).containsExactly("suspended -> verified");
        watch(new Claims());
        assertThat(reported()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVFAIL", "REFUSED", "SILENT", "WRONG_QUESTION", "GARBAGE"})
    void isUnconfirmedWhenDnsHasSaidNothingForDays(Manner manner) throws Exception {
        var claim = desk.add(DOMAIN, DUPONT);
        publish(claim);
        watch(new Claims());
        var provedAt = time.instant();
        server.manner(claim.ownershipName(), manner);
        time.advance(Duration.ofDays(3).minusMinutes(1));
        watch(new Claims());
        assertThat(reported()).containsExactly("pending -> verified");
        time.advance(Duration.ofHours(1));
        watch(new Claims());
        assertThat(reported()).containsExactly("verified -> unconfirmed");
        assertThat(only().sureAt()).contains(provedAt);
        assertThat(only().checkedAt()).contains(time.instant());
        assertThat(only().state().reason()).startsWith("_facteur.dupont.example: not known: ");
        var claims = new Claims();
        claims.refresh(database);
        assertThat(claims.counts()).containsEntry("unconfirmed", 1L).containsEntry("verified", 0L);

        server.manner(claim.ownershipName(), Manner.HONEST);
        time.advance(Duration.ofHours(1));
        watch(new Claims());
        assertThat(reported()).containsExactly("unconfirmed -> verified");
        assertThat(only().sureAt()).contains(time.instant());
    }

    @Test
    void isUnconfirmedWhenAliasesGoRoundForDays() throws Exception {
        var claim = desk.add(DOMAIN, DUPONT);
        publish(claim);
        watch(new Claims());
        server.without(claim.ownershipName()).alias(claim.ownershipName(), "a.other.example").alias("a.other.example", claim.ownershipName());
        time.advance(Duration.ofDays(4));
        watch(new Claims());
        assertThat(reported()).containsExactly("pending -> verified", "verified -> unconfirmed");
    }

    @Test
    void reportsAgainWhatCouldNotBeReported() throws Exception {
        publish(desk.add(DOMAIN, DUPONT));
        answer = Transition.Reported.LATER;
        watch(new Claims());
        watch(new Claims());
        answer = Transition.Reported.DONE;
        watch(new Claims());
        watch(new Claims());
        assertThat(reported()).containsExactly("pending -> verified", "pending -> verified", "pending -> verified");
    }

    @Test
    void letsOneOnlyCheckAtATime() throws Exception {
        desk.add(DOMAIN, DUPONT);
        var before = only();
        assertThat(desk.leaseDue(10, Duration.ofMinutes(10))).hasSize(1);
        assertThat(desk.leaseDue(10, Duration.ofMinutes(10))).isEmpty();
        publish(before);
        // Begun before the lease: what it came to is not written.
        assertThat(desk.check(before).after().state()).isInstanceOf(DomainState.Pending.class);
        time.advance(Duration.ofMinutes(10));
        assertThat(desk.leaseDue(10, Duration.ofMinutes(10))).hasSize(1);
    }

    @Test
    void signsWithANewKeyOnceItIsSeen() throws Exception {
        var claim = desk.add(DOMAIN, DUPONT);
        publish(claim);
        desk.check(claim);
        var old = keys.read(DOMAIN).signing();
        time.advance(Duration.ofDays(1));
        desk.rotate(DOMAIN);
        assertThat(only().nextCheckAt()).isEqualTo(time.instant());
        assertThat(desk.check(only()).after().nextCheckAt()).isEqualTo(time.instant().plus(Duration.ofHours(1)));
        assertThat(keys.read(DOMAIN).signing()).extracting(Object::toString).isEqualTo(old.stream().map(Object::toString).toList());
        publish(only());
        desk.check(only());
        assertThat(keys.read(DOMAIN).signing()).extracting(Object::toString)
                .hasSize(2)
                .doesNotContainAnyElementsOf(old.stream().map(Object::toString).toList());
        assertThat(desk.records(only())).filteredOn(record -> record.note().startsWith("old key: leave its record until 2026-12-06T08:00:00Z"))
                .hasSize(2);
        time.advance(Duration.ofDays(12).plusSeconds(1));
        desk.check(only());
        assertThat(desk.records(only())).hasSize(3);
    }

    @Test
    void takesTheKeysAwayWithTheLastClaim() throws Exception {
        desk.add(DOMAIN, DUPONT);
        desk.add(DOMAIN, DURAND);
        assertThat(desk.remove(DOMAIN, DUPONT)).isTrue();
        assertThat(desk.remove(DOMAIN, DUPONT)).isFalse();
        assertThat(keys.read(DOMAIN).keys()).hasSize(2);
        assertThat(desk.remove(DOMAIN, DURAND)).isTrue();
        assertThat(keys.read(DOMAIN).keys()).isEmpty();
    }

    @Test
    void holdsNothingOfOursAgainstADomain() throws Exception {
        var claim = desk.add(DOMAIN, DUPONT);
        publish(claim);
        keys.remove(DOMAIN);
        assertThat(desk.check(claim).findings().evidence()).isInstanceOf(Evidence.Unclear.class);
    }
}
