package facteur.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import facteur.fixture.RealDns;
import facteur.fixture.RealDns.Signing;
import facteur.fixture.RealDns.Zone;
import facteur.fixture.TestTime;
import facteur.mail.dkim.DomainKeys;
import facteur.mail.dkim.KeyFolder;
import facteur.office.OfficeId;
import facteur.platform.dns.Dns;
import facteur.platform.dns.DnsAnswer;
import facteur.platform.dns.DnsSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// The records that `domain records` prints, in a zone with DNSSEC and one without, served and resolved by others' programs.
/// What such programs never do is in `ResolversTest`, by a scripted server.
final class RealDnsIT {
    private static final String SIGNED = "signed.example";
    private static final String PLAIN = "plain.example";
    private static final String FORGED = "forged.example";

    /// Too long for a datagram.
    private static final List<String> LONG = IntStream.range(0, 12).mapToObj(i -> (char) ('a' + i) + "x".repeat(254)).toList();

    private static final String OTHERS = """
            text 300 IN TXT "one"
            alias 300 IN CNAME text
            chain 300 IN CNAME alias
            long 300 IN TXT %s
            @ 300 IN MX 20 other
            @ 300 IN MX 10 Relay.host.example.
            mail 300 IN CNAME @
            nomail 300 IN MX 0 .
            """.formatted(LONG.stream().map(string -> '"' + string + '"').collect(Collectors.joining(" ")));

    @TempDir
    private static Path folder;

    private static Optional<RealDns> dns = Optional.empty();

    @BeforeAll
    static void serve() throws IOException {
        assumeTrue(RealDns.isHere(), "no Knot (knot) or no Unbound (unbound)");
        var far = "far 300 IN CNAME chain." + SIGNED + ".\n";
        dns = Optional.of(RealDns.start(folder, List.of(
                new Zone(SIGNED, Signing.SIGNED, OTHERS + published(SIGNED)),
                new Zone(PLAIN, Signing.UNSIGNED, OTHERS + far + published(PLAIN)),
                new Zone(FORGED, Signing.FORGED, OTHERS))));
    }

    @AfterAll
    static void stop() {
        dns.ifPresent(RealDns::close);
    }

    @ParameterizedTest
    @CsvSource({SIGNED + ", AUTHENTIC", PLAIN + ", UNSIGNED"})
    void proveADomain(String domain, DnsAnswer.Validation validation) throws IOException {
        var findings = new DomainCheck(resolver()).look(claim(domain), keys(domain));

        assertThat(findings.evidence()).isEqualTo(new Evidence.Proved());
        assertThat(findings.keys()).hasSize(2).allMatch(KeyFinding::isRight);
        assertThat(findings.ownership().answer()).isInstanceOfSatisfying(
                DnsAnswer.Found.class, found -> assertThat(found.validation()).isEqualTo(validation));
    }

    @Test
    void areNotThereForAnother() throws IOException {
        var other = claim(SIGNED);
        var findings = new DomainCheck(resolver())
                .look(new Claim(PLAIN, other.office(), "another", TestTime.START, other.state(), TestTime.START, Optional.empty(), Optional.empty()),
                        keys(PLAIN));
        assertThat(findings.evidence()).isInstanceOf(Evidence.Mismatch.class);
    }

    @ParameterizedTest
    @CsvSource({
        "chain.signed.example, AUTHENTIC, 'alias.signed.example,text.signed.example'",
        "chain.plain.example, UNSIGNED, 'alias.plain.example,text.plain.example'",
        "far.plain.example, UNSIGNED, 'chain.signed.example,alias.signed.example,text.signed.example'"
    })
    void followsAliases(String name, DnsAnswer.Validation validation, String aliases) {
        for (var server : List.of(resolver(), authority())) {
            assertThat(server.txt(name)).isInstanceOfSatisfying(DnsAnswer.Found.class, found -> {
                assertThat(found.texts()).containsExactly("one");
                assertThat(String.join(",", found.aliases())).isEqualTo(aliases);
            });
        }
        assertThat(((DnsAnswer.Found) resolver().txt(name)).validation()).isEqualTo(validation);
    }

    @ParameterizedTest
    @ValueSource(strings = {SIGNED, PLAIN})
    void readsByTcpWhatIsCutShort(String domain) throws IOException {
        var authority = dns.orElseThrow().authority();
        for (var server : List.of(authority, dns.orElseThrow().resolver())) {
            assertThat(isCutShort("long." + domain, server)).isTrue();
            assertThat(of(server).txt("long." + domain)).isInstanceOfSatisfying(
                    DnsAnswer.Found.class, found -> assertThat(found.texts()).containsExactly(String.join("", LONG)));
        }
    }

    @ParameterizedTest
    @CsvSource({SIGNED + ", AUTHENTIC", PLAIN + ", UNSIGNED"})
    void tellsNoNameFromNoText(String domain, DnsAnswer.Validation validation) {
        var wholeTtl = Duration.ofSeconds(60);
        assertThat(authority().txt("absent." + domain))
                .isEqualTo(new DnsAnswer.Absent(DnsAnswer.Absence.NO_NAME, List.of(), DnsAnswer.Validation.UNSIGNED, wholeTtl));
        assertThat(authority().txt("ns." + domain))
                .isEqualTo(new DnsAnswer.Absent(DnsAnswer.Absence.NO_TEXT, List.of(), DnsAnswer.Validation.UNSIGNED, wholeTtl));
        assertThat(List.of(resolver().txt("absent." + domain), resolver().txt("ns." + domain)))
                .allSatisfy(answer -> assertThat(answer).isInstanceOfSatisfying(DnsAnswer.Absent.class, absent -> {
                    assertThat(absent.validation()).isEqualTo(validation);
                    assertThat(absent.ttl()).isBetween(Duration.ZERO, wholeTtl);
                }))
                .map(answer -> ((DnsAnswer.Absent) answer).absence())
                .containsExactly(DnsAnswer.Absence.NO_NAME, DnsAnswer.Absence.NO_TEXT);
    }

    @ParameterizedTest
    @CsvSource({SIGNED + ", AUTHENTIC", PLAIN + ", UNSIGNED"})
    void findsMailHosts(String domain, DnsAnswer.Validation validation) {
        var check = new DomainCheck(resolver());
        for (var name : List.of(domain, "mail." + domain)) {
            assertThat(check.mailHosts(name, "relay.host.example").finding()).isEqualTo(
                    Finding.of(name, "10 relay.host.example.", resolver().mx(name), "10 relay.host.example."::equals));
            assertThat(resolver().mx(name)).isInstanceOfSatisfying(DnsAnswer.Found.class, found -> {
                assertThat(found.texts()).containsExactly("10 relay.host.example.", "20 other." + domain + ".");
                assertThat(found.validation()).isEqualTo(validation);
            });
        }
        assertThat(check.mailHosts(domain, "relay.host.example").finding().verdict()).isEqualTo(Finding.Verdict.RIGHT);
        assertThat(check.mailHosts("nomail." + domain, "relay.host.example").sentence()).contains("null MX");
        assertThat(check.mailHosts("text." + domain, "relay.host.example").sentence()).contains("has no MX record");
    }

    @Test
    void knowsNothingByForgedSignatures() {
        assertThat(authority().txt("text." + FORGED)).isInstanceOf(DnsAnswer.Found.class);
        assertThat(resolver().txt("text." + FORGED)).isInstanceOfSatisfying(
                DnsAnswer.Unknown.class, unknown -> assertThat(unknown.why()).endsWith("SERVFAIL"));
        assertThat(new DomainCheck(resolver()).mailHosts(FORGED, "relay.host.example").finding().verdict()).isEqualTo(Finding.Verdict.UNCLEAR);
    }

    @Test
    void knowsNothingByOneWhoAnswersForOthersOnly() {
        assertThat(authority().txt("dupont.example")).isInstanceOfSatisfying(
                DnsAnswer.Unknown.class, unknown -> assertThat(unknown.why()).endsWith("REFUSED"));
    }

    private static Dns resolver() {
        return of(dns.orElseThrow().resolver());
    }

    private static Dns authority() {
        return of(dns.orElseThrow().authority());
    }

    private static Dns of(InetSocketAddress server) {
        return new DnsSettings(List.of(server), Duration.ofSeconds(5)).open();
    }

    private static boolean isCutShort(String name, InetSocketAddress server) throws IOException {
        var resolver = new SimpleResolver(server);
        resolver.setIgnoreTruncation(true);
        var question = Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), Type.TXT, DClass.IN));
        return resolver.send(question).getHeader().getFlag(Flags.TC);
    }

    private static String published(String domain) throws IOException {
        var lines = new StringBuilder(
                new DnsRecord(claim(domain).ownershipName(), claim(domain).ownershipText(), new DnsRecord.Purpose.Ownership(), "").zoneLine() + "\n");
        for (var stored : keys(domain).keys()) {
            lines.append(new DnsRecord(stored.key().recordName(domain), stored.key().recordText(), new DnsRecord.Purpose.Key(), "").zoneLine())
                    .append('\n');
        }
        return lines.toString();
    }

    private static DomainKeys keys(String domain) throws IOException {
        return new KeyFolder(folder).create(domain, TestTime.START);
    }

    private static Claim claim(String domain) {
        return new Claim(
                domain,
                OfficeId.parse("dupont").orElseThrow(),
                "token-of-" + domain,
                TestTime.START,
                new DomainState.Pending(TestTime.START),
                TestTime.START,
                Optional.empty(),
                Optional.empty());
    }
}
