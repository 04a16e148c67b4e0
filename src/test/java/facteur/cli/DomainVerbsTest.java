package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.Command;
import facteur.fixture.Ended;
import facteur.fixture.KnownPrimes;
import facteur.fixture.MigratedDatabase;
import facteur.fixture.RelayFolder;
import facteur.fixture.ScriptedDns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `facteur domain`, with a name server of the test's.
@ExtendWith(KnownPrimes.class)
final class DomainVerbsTest {
    private static final Pattern RECORD = Pattern.compile("(\\S+)\\. 3600 IN TXT (.*)");
    private static final Pattern STRING = Pattern.compile("\"([^\"]*)\"");

    @TempDir
    private Path folder;

    private ScriptedDns dns;
    private RelayFolder relay;

    @BeforeEach
    void open() throws Exception {
        dns = ScriptedDns.start();
        relay = new RelayFolder(folder)
                .office("dupont", RelayFolder.DUPONT)
                .configuredWith(Map.of("domains", "{ trusted: [verified.example], resolvers: [\"" + dns.resolver() + "\"], timeout: 2s }"),
                        "returns: { domain: return.relay.example, replies: reply.relay.example }\nupstreams: [{ name: host, kind: smtp, address: \"smtp.host.example:587\", tls: none }]\n");
        MigratedDatabase.open(Files.createDirectories(relay.state())).close();
    }

    @AfterEach
    void close() {
        dns.close();
    }

    private Ended domain(String words) {
        return Command.run(relay.config(), ("domain " + words).split(" "));
    }

    private void publish() {
        publish("dupont.example");
    }

    /// Each text.
    private void publish(String domain) {
        domain("records " + domain + " --zone").out().lines().map(RECORD::matcher).filter(Matcher::matches).forEach(line -> {
            var text = new StringBuilder();
            STRING.matcher(line.group(2)).results().forEach(string -> text.append(string.group(1)));
            dns.txt(line.group(1), text.toString());
        });
    }

    @Test
    void addsADomainOnce() {
        var added = domain("add dupont.example --office dupont");
        assertThat(added.out()).contains("Publish these records in the DNS of dupont.example", "facteur-verification=", "v=DKIM1; k=rsa; p=");
        assertThat(domain("add Dupont.example --office dupont")).isEqualTo(added);
        assertThat(domain("records dupont.example --json").out()).containsSubsequence("\"records\": [", "\"type\": \"TXT\"");
        assertThat(Command.run(relay.config(), "log", "--acts").out().lines()).singleElement().asString()
                .contains("  domain add dupont.example --office dupont ");
    }

    @Test
    void checksTheRecordsInDns() {
        var _ = domain("add dupont.example --office dupont");
        var missing = domain("check dupont.example");
        assertThat(missing.exitCode()).isEqualTo(65);
        assertThat(missing.out()).startsWith("dupont.example for office dupont: pending, next check ").contains("  not proved: ");
        publish();
        var proved = domain("check dupont.example --explain");
        assertThat(proved.exitCode()).isZero();
        assertThat(proved.out()).contains("pending -> verified", "  proved\n");
        assertThat(domain("list").out()).containsPattern("dupont.example +dupont +verified").containsPattern("verified.example +any +trusted");
        assertThat(domain("list --json").out()).containsSubsequence("\"domain\": \"dupont.example\"", "\"usable\": true", "\"verify\": \"dns\"");
    }

    @Test
    void rotatesKeys() {
        var _ = domain("add dupont.example --office dupont");
        publish();
        var _ = domain("check dupont.example");
        assertThat(domain("rotate dupont.example").out().lines().filter(line -> line.contains("(key, not seen in DNS yet)"))).hasSize(2);
    }

    @Test
    void removesADomainFromAnOffice() {
        var _ = domain("add dupont.example --office dupont");
        assertThat(domain("remove dupont.example --office dupont"))
                .isEqualTo(new Ended(0, "dupont.example  removed from office dupont\n", ""));
        assertThat(domain("check dupont.example")).isEqualTo(new Ended(65, "", "facteur: no office has claimed dupont.example\n"));
    }

    @Test
    void printsWhatADomainOfReturnAddressesNeeds() {
        assertThat(domain("records return.relay.example --zone").out()).isEqualTo(
                "return.relay.example. 3600 IN MX 10 relay.example.org.\n"
                        + "return.relay.example. 3600 IN TXT \"v=spf1 a:smtp.host.example ~all\"\n");
        assertThat(domain("records reply.relay.example --zone").out()).isEqualTo("reply.relay.example. 3600 IN MX 10 relay.example.org.\n");
        assertThat(domain("records return.relay.example").out()).contains("in the DNS of return.relay.example:\n", "  type   MX\n", "  type   TXT\n");
        assertThat(domain("records return.relay.example --json").out()).containsSubsequence("\"type\": \"MX\"",
                "\"value\": \"10 relay.example.org.\"");
    }

    @Test
    void givesTheRelaysOwnDomainsKeysThatSignOnceTheirRecordsAreSeen() {
        assertThat(domain("check return.relay.example").out()).contains("has no key. Write: facteur domain add --relay return.relay.example");
        assertThat(domain("add --relay return.relay.example").out()).contains("  type   MX\n", "v=DKIM1; k=rsa; p=");
        assertThat(domain("check return.relay.example").exitCode()).isEqualTo(65);
        publish("return.relay.example");
        dns.txt("return.relay.example", "v=spf1 a:smtp.host.example ~all").mx("return.relay.example", "10 relay.example.org.");

        var seen = domain("check return.relay.example --explain");

        assertThat(seen.exitCode()).isZero();
        assertThat(seen.out()).startsWith("return.relay.example, of the relay itself: letters From it are signed\n")
                .endsWith(
                        "  by SPF may send under return.relay.example, and the smarthost must be among them: \"v=spf1 a:smtp.host.example ~all\"\n");
        assertThat(domain("list").out()).containsPattern("return.relay.example +the relay +signing")
                .containsPattern("reply.relay.example +the relay +no-key");
        assertThat(domain("list --json").out()).containsSubsequence("\"domain\": \"return.relay.example\"", "\"keys\": \"signing\"");
        assertThat(domain("rotate return.relay.example").out().lines().filter(line -> line.contains("(key, not seen in DNS yet)"))).hasSize(2);
        assertThat(domain("remove --relay return.relay.example").out()).isEqualTo("return.relay.example  keys deleted\n");
        assertThat(Command.run(relay.config(), "log", "--acts").out().lines()).hasSize(4);
    }

    @Test
    void saysWhetherWhatComesBackComesToThisRelay() {
        dns.txt("reply.relay.example", "").mx("return.relay.example", "10 mx.other.example.");
        var elsewhere = domain("check return.relay.example");
        assertThat(elsewhere.exitCode()).isEqualTo(65);
        assertThat(elsewhere.out()).endsWith("""
                  wrong    return.relay.example (MX)
                           expected  "10 relay.example.org."
                           found     "10 mx.other.example."
                           mail for return.relay.example goes to mx.other.example, not to relay.example.org: it comes back only if it is handed on from there
                """);
        assertThat(domain("check reply.relay.example").out()).contains("reply.relay.example has no MX record");
        assertThat(domain("check return.relay.example --json").out()).containsSubsequence("\"mx\": {", "\"verdict\": \"wrong\"",
                "\"explanation\": \"mail for");
        dns.mx("return.relay.example", "10 relay.example.org.");
        assertThat(domain("check return.relay.example").exitCode()).isZero();
        dns.manner("return.relay.example", ScriptedDns.Manner.SERVFAIL);
        var unclear = domain("check return.relay.example");
        assertThat(unclear.exitCode()).isEqualTo(69);
        assertThat(unclear.out()).contains("the MX record of return.relay.example isn't known: 127.0.0.1: SERVFAIL");
        assertThat(domain("check shared.example").out()).doesNotContain("MX");
    }

    /// Reports and notices leave under it.
    @Test
    void theSharedAddresssDomainIsTheRelaysToo() {
        assertThat(domain("add --relay shared.example").out()).contains("v=DKIM1; k=rsa; p=").doesNotContain("type   MX");
        var _ = domain("add shared.example --office dupont");
        assertThat(domain("records shared.example").out()).contains("facteur-verification=");
    }

    /// Of letters with return addresses, From stays aligned by DKIM.
    @Test
    void explainsTheReversePathOfReturnAddresses() {
        var _ = domain("add dupont.example --office dupont");
        publish("dupont.example");
        assertThat(domain("check dupont.example --explain").out()).contains(
                "will pass this letter by DKIM (d=dupont.example); SPF is not aligned because the reverse-path is b-TOKEN@return.relay.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add gmail.com --office dupont      | 65 | facteur: gmail.com is a public mail provider",
                "add dupont.example --office durand | 65 | facteur: no such office: durand",
                "add dupont.example                 | 64 | --office is required",
                "add dupont.example --relay         | 65 | facteur: dupont.example is no domain of the relay itself; its domains are shared.example, return.relay.example, reply.relay.example",
                "add shared.example --relay --office dupont | 64 | --office and --relay exclude each other",
                "add dupont.example --office x!     | 64 | not a valid office id: x!",
                "records other.example              | 65 | facteur: no office has claimed other.example",
                "rotate other.example --office dupont | 65 | facteur: office dupont has not claimed other.example"
            })
    void saysWhatItCantDo(String words, int exitCode, String message) {
        var ended = domain(words);
        assertThat(ended.err()).startsWith(message + "\n");
        assertThat(ended.exitCode()).isEqualTo(exitCode);
    }
}
