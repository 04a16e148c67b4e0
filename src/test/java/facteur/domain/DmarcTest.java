package facteur.domain;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ScriptedDns;
import facteur.fixture.ScriptedDns.Manner;
import facteur.mail.dkim.DomainKeys;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.platform.dns.DnsSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 7489.
final class DmarcTest {
    private final ScriptedDns server = ScriptedDns.start();

    @AfterEach
    void close() {
        server.close();
    }

    private DomainCheck check() {
        return new DomainCheck(new DnsSettings(List.of(server.address()), Duration.ofMillis(300)).open());
    }

    private Dmarc dmarc(String domain) {
        return check().dmarc(domain);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "v=DMARC1; p=reject                                  | REJECT     | RELAXED | RELAXED",
        "v=DMARC1;p=quarantine;adkim=s                       | QUARANTINE | STRICT  | RELAXED",
        "v = DMARC1 ; p = None ; aspf = S                    | NONE       | RELAXED | STRICT",
        "v=DMARC1; p=reject; sp=none; adkim=r                | REJECT     | RELAXED | RELAXED",
        "v=DMARC1; rua=mailto:d@dupont.example               | NONE       | RELAXED | RELAXED",
        "v=DMARC1; p=nonsense; rua=mailto:d@dupont.example   | NONE       | RELAXED | RELAXED"
    })
    void readsARecord(String text, Dmarc.Request request, Dmarc.Mode dkim, Dmarc.Mode spf) {
        server.txt("_dmarc.dupont.example", text, "something else");
        assertThat(dmarc("dupont.example"))
                .isEqualTo(new Dmarc.Policy("_dmarc.dupont.example", request, dkim, spf, text.strip()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "v=DMARC1; p=reject              | REJECT",
        "v=DMARC1; p=reject; sp=none     | NONE",
        "v=DMARC1; p=none; sp=quarantine | QUARANTINE"
    })
    void asksTheOrganisationForASubdomain(String text, Dmarc.Request request) {
        server.txt("_dmarc.dupont.example", text);
        assertThat(dmarc("mail.be.dupont.example")).isInstanceOfSatisfying(
                Dmarc.Policy.class, policy -> assertThat(policy.request()).isEqualTo(request));
        server.txt("_dmarc.mail.be.dupont.example", "v=DMARC1; p=quarantine; sp=reject");
        assertThat(dmarc("mail.be.dupont.example")).isInstanceOfSatisfying(
                Dmarc.Policy.class, policy -> assertThat(policy.request()).isEqualTo(Dmarc.Request.QUARANTINE));
    }

    @Test
    void findsNoPolicyInWhatIsNone() {
        assertThat(dmarc("dupont.example")).isInstanceOf(Dmarc.None.class);
        server.txt("_dmarc.dupont.example", "v=DMARC1");
        assertThat(dmarc("dupont.example")).isInstanceOf(Dmarc.None.class);
        server.txt("_dmarc.dupont.example", "v=DMARC1; p=reject", "v=DMARC1; p=none");
        assertThat(dmarc("dupont.example")).isInstanceOf(Dmarc.None.class);
        server.txt("_dmarc.dupont.example", "v=DMARC10; p=reject");
        assertThat(dmarc("dupont.example")).isInstanceOf(Dmarc.None.class);
        server.manner("_dmarc.dupont.example", Manner.SERVFAIL);
        assertThat(dmarc("dupont.example")).isInstanceOf(Dmarc.Unclear.class);
    }

    @ParameterizedTest
    @CsvSource({
        "dupont.example,      dupont.example,      STRICT,  true",
        "mail.dupont.example, dupont.example,      STRICT,  false",
        "mail.dupont.example, dupont.example,      RELAXED, true",
        "dupont.example,      mail.dupont.example, RELAXED, true",
        "dupont.co.uk,        durand.co.uk,        RELAXED, false",
        "bounce.dupont.co.uk, dupont.co.uk,        RELAXED, true"
    })
    void alignsDomains(String domain, String from, Dmarc.Mode mode, boolean isAligned) {
        assertThat(DmarcOutlook.isAligned(domain, from, mode)).isEqualTo(isAligned);
    }

    @Test
    void showsWhoMaySendUnderTheReversePath() {
        assertThat(check().spf("shared.example").sentence()).isEqualTo("shared.example has no SPF record, so no letter passes by SPF");
        server.txt("shared.example", "v=spf10 +all", "V=SPF1 include:smarthost.example -all", "something else");
        assertThat(check().spf("shared.example").sentence())
                .isEqualTo("by SPF may send under shared.example, and the smarthost must be among them:"
                        + " \"V=SPF1 include:smarthost.example -all\"");
        server.txt("shared.example", "v=spf1", "v=spf1 -all");
        assertThat(check().spf("shared.example")).isEqualTo(new Spf.None("shared.example", 2));
        server.manner("shared.example", Manner.SERVFAIL);
        assertThat(check().spf("shared.example")).isEqualTo(new Spf.Unclear("shared.example", "127.0.0.1: SERVFAIL"));
    }

    @Test
    void saysWhatAReceiverWillDo() {
        server.txt("_dmarc.dupont.example", "v=DMARC1; p=reject; aspf=s");
        var claim = new Claim(
                "dupont.example", new OfficeId("dupont"), "t", Instant.EPOCH, new DomainState.Pending(Instant.EPOCH), Instant.EPOCH, Optional.empty(),
                Optional.empty());
        var findings = check().look(claim, new DomainKeys("dupont.example", List.of(), List.of()));
        assertThat(DmarcOutlook.of(findings, Optional.of(Address.of("inbox@shared.example")))).containsExactly(
                "a receiver that enforces DMARC will not pass this letter: no DKIM key is published; SPF is not aligned because"
                        + " the reverse-path is inbox@shared.example",
                "of letters that fail, dupont.example asks: reject (_dmarc.dupont.example, DKIM relaxed, SPF strict)");
        assertThat(DmarcOutlook.of(findings, Optional.of(Address.of("any@dupont.example"))).getFirst())
                .isEqualTo("a receiver that enforces DMARC will pass this letter only by SPF: no DKIM key is published; SPF is"
                        + " aligned, and passes if the record of dupont.example allows the smarthost");
        assertThat(DmarcOutlook.of(findings, Optional.empty()).getFirst()).endsWith("only when the app's own reverse-path is in dupont.example");
    }
}
