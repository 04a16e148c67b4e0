package facteur.domain;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.dns.DnsAnswer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MailHostsTest {
    private static MailHosts of(DnsAnswer answer) {
        return MailHosts.of("return.example.org", "Relay.example.org", answer);
    }

    private static DnsAnswer found(String... texts) {
        return new DnsAnswer.Found(List.of(texts), List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofHours(1));
    }

    private static DnsAnswer absent(DnsAnswer.Absence absence) {
        return new DnsAnswer.Absent(absence, List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "10 relay.example.org.                       | RIGHT | mail for return.example.org comes to this relay",
        "5 node2.example.org.,20 relay.example.org.  | RIGHT | mail for return.example.org comes to this relay",
        "0 .                                         | WRONG | nothing comes back: return.example.org says that it takes no mail (null MX, RFC 7505)",
        "10 mx.other.example.                        | WRONG | mail for return.example.org goes to mx.other.example, not to Relay.example.org: it comes back only if it is handed on from there",
        "0 .,10 a.example.,20 relay.example.org.evil.example. | WRONG | mail for return.example.org goes to a.example, relay.example.org.evil.example, not to Relay.example.org: it comes back only if it is handed on from there",
        "10 notrelay.example.org.                    | WRONG | mail for return.example.org goes to notrelay.example.org, not to Relay.example.org: it comes back only if it is handed on from there",
    })
    void saysWhereMailGoes(String texts, Finding.Verdict verdict, String sentence) {
        var hosts = of(found(texts.split(",")));
        assertThat(hosts.finding().verdict()).isEqualTo(verdict);
        assertThat(hosts.sentence()).isEqualTo(sentence);
        assertThat(hosts.finding().expected()).isEqualTo("10 Relay.example.org.");
    }

    @Test
    void saysWhyNothingIsThere() {
        var noRecord = of(absent(DnsAnswer.Absence.NO_MX));
        assertThat(noRecord.sentence()).isEqualTo("return.example.org has no MX record: hosts hand mail over at its own address, if it has one");
        assertThat(noRecord.finding().found()).isEqualTo("there is no MX record");
        var noName = of(absent(DnsAnswer.Absence.NO_NAME));
        assertThat(noName.sentence()).isEqualTo("nothing comes back: there is no name return.example.org in the DNS");
        assertThat(List.of(noRecord, noName)).allMatch(hosts -> hosts.finding().verdict() == Finding.Verdict.WRONG);
    }

    @Test
    void saysThatTheDnsDidntSay() {
        var hosts = of(new DnsAnswer.Unknown("192.0.2.1: SERVFAIL"));
        assertThat(hosts.sentence()).isEqualTo("the MX record of return.example.org isn't known: 192.0.2.1: SERVFAIL");
        assertThat(hosts.finding().verdict()).isEqualTo(Finding.Verdict.UNCLEAR);
    }
}
