package facteur.platform.dns;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedDns;
import facteur.fixture.ScriptedDns.Manner;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ResolversTest {
    private static final String NAME = "_facteur.dupont.example";

    private final ScriptedDns server = ScriptedDns.start();

    @AfterEach
    void close() {
        server.close();
    }

    private static DnsAnswer ask(String name, ScriptedDns... servers) {
        var addresses = Stream.of(servers).map(ScriptedDns::address).toList();
        return ask(name, addresses);
    }

    private static DnsAnswer ask(String name, List<InetSocketAddress> addresses) {
        return dns(addresses).txt(name);
    }

    private static Dns dns(List<InetSocketAddress> addresses) {
        return new DnsSettings(addresses, Duration.ofMillis(300)).open();
    }

    private DnsAnswer mx(String name) {
        return dns(List.of(server.address())).mx(name);
    }

    private static List<String> texts(DnsAnswer answer) {
        return ((DnsAnswer.Found) answer).texts();
    }

    @Test
    void findsEveryTextAndJoinsLongOnes() {
        var long600 = "0123456789".repeat(60);
        server.txt(NAME, "one", long600);
        assertThat(ask(NAME, server))
                .isEqualTo(new DnsAnswer.Found(List.of("one", long600), List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofMinutes(5)));
    }

    @Test
    void caresForNeitherCaseNorTheLastDot() {
        server.txt(NAME, "one");
        assertThat(texts(ask("_FACTEUR.Dupont.example.", server))).containsExactly("one");
    }

    @Test
    void notesThatTheResolverHasCheckedSignatures() {
        server.txt(NAME, "one").authentic();
        assertThat(((DnsAnswer.Found) ask(NAME, server)).validation()).isEqualTo(DnsAnswer.Validation.AUTHENTIC);
        server.manner(NAME, Manner.SERVFAIL);
        assertThat(ask(NAME, server)).isInstanceOf(DnsAnswer.Unknown.class);
    }

    @Test
    void tellsNoNameFromNoText() {
        server.txt("dupont.example");
        assertThat(ask("absent.example", server))
                .isEqualTo(new DnsAnswer.Absent(DnsAnswer.Absence.NO_NAME, List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofMinutes(1)));
        assertThat(ask("dupont.example", server)).isInstanceOfSatisfying(
                DnsAnswer.Absent.class, absent -> assertThat(absent.absence()).isEqualTo(DnsAnswer.Absence.NO_TEXT));
    }

    @Test
    void findsMailHostsInTheOrderOfTheirPreference() {
        server.txt("return.example", "v=spf1 -all").mx("return.example", "20 b.Relay.example.", "10 A.relay.example.").authentic();
        assertThat(mx("Return.example.")).isEqualTo(new DnsAnswer.Found(
                List.of("10 a.relay.example.", "20 b.relay.example."), List.of(), DnsAnswer.Validation.AUTHENTIC, Duration.ofMinutes(5)));
        assertThat(texts(ask("return.example", server))).containsExactly("v=spf1 -all");
        server.mx("return.example", "0 .");
        assertThat(texts(mx("return.example"))).containsExactly("0 .");
    }

    @Test
    void tellsNoMailHostFromNoName() {
        server.txt("return.example", "v=spf1 -all");
        assertThat(((DnsAnswer.Absent) mx("return.example")).absence()).isEqualTo(DnsAnswer.Absence.NO_MX);
        assertThat(((DnsAnswer.Absent) mx("absent.example")).absence()).isEqualTo(DnsAnswer.Absence.NO_NAME);
    }

    @ParameterizedTest
    @EnumSource(names = {"HONEST", "STEP_BY_STEP"})
    void followsAliasesToMailHosts(Manner manner) {
        server.alias("return.example", "other.example").mx("other.example", "10 mx.example.").manner("return.example", manner);
        assertThat(((DnsAnswer.Found) mx("return.example")).aliases()).containsExactly("other.example");
        assertThat(texts(mx("return.example"))).containsExactly("10 mx.example.");
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVFAIL", "REFUSED", "SILENT", "TRUNCATED_AND_GONE", "WRONG_ID", "WRONG_QUESTION", "GARBAGE", "REFERRAL"})
    void knowsNoMailHostByAnAnswerThatIsNone(Manner manner) {
        server.mx(NAME, "10 mx.example.").manner(NAME, manner);
        assertThat(mx(NAME)).isInstanceOf(DnsAnswer.Unknown.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"HONEST", "STEP_BY_STEP"})
    void followsAliases(Manner manner) {
        server.alias("a.example", "b.example").alias("b.example", "c.relay.example").txt("c.relay.example", "key");
        server.manner("a.example", manner).manner("b.example", manner);
        assertThat(ask("a.example", server)).isInstanceOfSatisfying(DnsAnswer.Found.class, found -> {
            assertThat(found.texts()).containsExactly("key");
            assertThat(found.aliases()).containsExactly("b.example", "c.relay.example");
        });
        server.without("c.relay.example");
        assertThat(ask("a.example", server)).isInstanceOfSatisfying(DnsAnswer.Absent.class, absent -> {
            assertThat(absent.absence()).isEqualTo(DnsAnswer.Absence.NO_NAME);
            assertThat(absent.aliases()).containsExactly("b.example", "c.relay.example");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"HONEST", "STEP_BY_STEP"})
    void runsInNoCircle(Manner manner) {
        server.alias("a.example", "b.example").alias("b.example", "a.example");
        server.manner("a.example", manner).manner("b.example", manner);
        assertThat(ask("a.example", server)).isInstanceOf(DnsAnswer.Unknown.class);
        assertThat(server.questions()).hasSizeLessThan(15);
    }

    @Test
    void asksByTcpWhenTheAnswerIsCutShort() {
        server.txt(NAME, "x".repeat(3000)).manner(NAME, Manner.TRUNCATED);
        assertThat(texts(ask(NAME, server))).containsExactly("x".repeat(3000));
        assertThat(server.questions()).containsExactly("udp " + NAME, "tcp " + NAME);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVFAIL", "REFUSED", "SILENT", "TRUNCATED_AND_GONE", "WRONG_ID", "WRONG_QUESTION", "GARBAGE", "REFERRAL"})
    void knowsNothingByAnAnswerThatIsNone(Manner manner) {
        server.txt(NAME, "one").manner(NAME, manner);
        assertThat(ask(NAME, server)).isInstanceOf(DnsAnswer.Unknown.class);
    }

    @Test
    void takesNoTextOfAnotherName() {
        server.txt(NAME, "one").manner(NAME, Manner.WRONG_NAME);
        assertThat(ask(NAME, server)).isInstanceOf(DnsAnswer.Absent.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"SERVFAIL", "REFUSED", "SILENT", "WRONG_ID", "GARBAGE", "REFERRAL"})
    void asksTheNextWhenOneDoesntKnow(Manner manner) {
        try (var second = ScriptedDns.start()) {
            server.manner(NAME, manner);
            second.txt(NAME, "one");
            assertThat(texts(ask(NAME, server, second))).containsExactly("one");
        }
    }

    @Test
    void believesTheFirstWhoKnows() {
        try (var second = ScriptedDns.start()) {
            second.txt(NAME, "one");
            assertThat(ask(NAME, server, second)).isInstanceOf(DnsAnswer.Absent.class);
            assertThat(second.questions()).isEmpty();
        }
    }

    @Test
    void saysWhatEachSaid() {
        server.manner(NAME, Manner.SERVFAIL);
        var closed = new InetSocketAddress(server.address().getAddress(), 1);
        assertThat(ask(NAME, List.of(server.address(), closed))).isInstanceOfSatisfying(
                DnsAnswer.Unknown.class, unknown -> assertThat(unknown.why()).startsWith("127.0.0.1: SERVFAIL; 127.0.0.1: "));
        assertThat(ask("x".repeat(64) + ".example", server)).isInstanceOf(DnsAnswer.Unknown.class);
    }
}
