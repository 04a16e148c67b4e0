package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ConsoleWorld.As;
import facteur.domain.Claim;
import facteur.domain.DnsRecord;
import facteur.domain.DomainState;
import facteur.office.OfficeId;
import facteur.platform.dns.DnsAnswer;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DomainPagesTest {
    private static final String DOMAINS = "/o/dupont/domains";
    private static final String FISC = DOMAINS + "/dupont-fisc.example";
    private static final Pattern SAID = Pattern.compile("data-said=\"([^\"]*)\"");
    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([^\"]*)\"");
    private static final Pattern MAIL = Pattern.compile("href=\"(mailto:[^\"]*)\"");

    private final Map<String, DnsAnswer> dns = new HashMap<>();
    private ConsoleWorld world;

    @BeforeEach
    void open(@TempDir Path folder) throws SQLException, IOException {
        world = new ConsoleWorld(folder);
        world.dns.set((name, _) -> dns.getOrDefault(
                name, new DnsAnswer.Absent(DnsAnswer.Absence.NO_NAME, List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofMinutes(5))));
        world.put("peeters", ConsoleWorld.DUPONT.replace("dupont", "peeters"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void publish(String name, String text) {
        dns.put(name, new DnsAnswer.Found(List.of(text), List.of(), DnsAnswer.Validation.UNSIGNED, Duration.ofMinutes(5)));
    }

    private Claim added() throws SQLException {
        assertThat(world.post(As.ADMIN, DOMAINS, "domain", "dupont-fisc.example").location()).isEqualTo(FISC + "?added");
        return claims().getFirst();
    }

    private List<Claim> claims() throws SQLException {
        return world.services.rules().get().desk().of(new OfficeId("dupont"));
    }

    private List<DnsRecord> records(Claim claim) {
        return world.services.rules().get().desk().records(claim);
    }

    private ConsoleWorld.Reply look(As as, String... fields) {
        world.time.advance(Duration.ofSeconds(20));
        return world.post(as, FISC + "/look", fields);
    }

    private String part(String seen) {
        world.time.advance(Duration.ofSeconds(20));
        return world.ask(
                "POST",
                FISC + "/look",
                Map.of(
                        "Host", "localhost", "Cookie", "facteur=ADMIN", "HX-Request", "true", "Sec-Fetch-Site", "same-origin",
                        "Content-Type", "application/x-www-form-urlencoded"),
                "round=3&seen=" + seen.replace(" ", "+")).page();
    }

    private static String first(Pattern pattern, String page) {
        var matcher = pattern.matcher(page);
        return matcher.find() ? matcher.group(1) : "nothing";
    }

    @ParameterizedTest
    @CsvSource({"en,No domain yet.", "fr,Pas encore de domaine.", "nl,Nog geen domein."})
    void anOfficeWithoutDomainsIsToldUnderWhichAddressItsMessagesLeave(String language, String words) {
        world.language.set(language);
        assertThat(world.get(As.ADMIN, DOMAINS).page()).contains(words, "inbox@relay.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://www.dupont.example/|Do you mean dupont.example?", "jan@dupont.example|Do you mean dupont.example?",
                "www.dupont.example|Do you mean dupont.example?", "gmail.com|gmail.com is not a domain of your own: others use it, too.",
                "co.uk|co.uk is not a domain of your own: others use it, too.",
                "jan@gmail.com|gmail.com is not a domain of your own: others use it, too.",
                "relay.example|relay.example is the relay’s domain, not yours.",
                "''|Give a domain, such as dupont.example.", "a b|“a b” is not a domain", "dupont|“dupont” is not a domain",
                "<script>|“&lt;script&gt;” is not a domain", "127.0.0.1|“127.0.0.1” is not a domain",
                "http://169.254.169.254/|“http://169.254.169.254/” is not a domain"
            })
    void refusesWhatIsNoDomainOfAnOffice(String typed, String words) throws SQLException {
        var reply = world.post(As.ADMIN, DOMAINS, "domain", typed);
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.page()).contains(words, "<title>Error: ", "href=\"#domain\"");
        assertThat(claims()).isEmpty();
    }

    @Test
    void addsTheDomainThatWasMeantByOneButton() {
        assertThat(world.post(As.ADMIN, DOMAINS, "domain", "https://www.dupont.example/").page())
                .contains("name=\"domain\" value=\"dupont.example\"", "Yes, add dupont.example");
    }

    @Test
    void offersDomainsThatTheSettingsNameAndThatDoNotCountYet() throws SQLException {
        world.put("dupont", "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"from\":{\"address\":\"office@dupont-fisc.example\"}}");
        assertThat(world.get(As.ADMIN, DOMAINS).page()).contains("Add dupont-fisc.example").doesNotContain("Add dupont.example");
        added();
        assertThat(world.get(As.ADMIN, DOMAINS).page()).doesNotContain("Add dupont-fisc.example").contains("Waiting for its records");
    }

    @Test
    void addingIsRememberedAsAnAct() throws SQLException {
        added();
        assertThat(world.acts).containsExactly("person=jan peer=192.0.2.7: domain add dupont-fisc.example --office dupont");
        assertThat(world.post(As.ADMIN, DOMAINS, "domain", "Dupont-Fisc.example").location()).isEqualTo(FISC);
        assertThat(world.acts).hasSize(1);
    }

    @Test
    void showsEachRecordInOnePieceWithTheNameThatFormsWant() throws SQLException {
        var claim = added();
        var page = world.get(As.ADMIN, FISC).page();
        for (var record : records(claim)) {
            assertThat(page).contains("data-copy=\"" + record.text() + "\"", "<code class=\"value\">" + record.text() + "</code>", record.name());
        }
        assertThat(page).contains("data-copy=\"_facteur\"", "not looked for yet", "hx-trigger=\"load, every 20s\"");
    }

    @Test
    void textZoneMailAndPaperHoldTheSameRecords() throws SQLException {
        var claim = added();
        var text = world.get(As.ADMIN, FISC + "/records.txt");
        var zone = world.get(As.ADMIN, FISC + "/zone");
        var paper = world.get(As.READER, FISC + "/print").page();
        var mail = URLDecoder.decode(
                first(MAIL, world.get(As.ADMIN, FISC).page()).replace("&amp;", "&").replace("+", "%2B"), StandardCharsets.UTF_8);
        assertThat(text.fields()).containsEntry("Content-Type", "text/plain; charset=utf-8");
        assertThat(zone.fields()).containsEntry("Content-Type", "text/dns; charset=us-ascii");
        for (var record : records(claim)) {
            assertThat(text.page()).contains(record.name(), record.text());
            assertThat(paper).contains(record.name(), record.text());
            assertThat(mail).contains(record.name(), record.text());
            assertThat(zone.page()).contains(record.zoneLine());
        }
        assertThat(mail).startsWith("mailto:?subject=DNS records for dupont-fisc.example&body=");
    }

    @Test
    void saysWhichFaultAtThatRecord() throws SQLException {
        var claim = added();
        publish("_facteur.dupont-fisc.example.dupont-fisc.example", claim.ownershipText());
        assertThat(look(As.ADMIN).location()).isEqualTo(FISC + "?looked");
        var page = world.get(As.ADMIN, FISC).page();
        assertThat(page).contains(
                "found: not there",
                "The record is at _facteur.dupont-fisc.example.dupont-fisc.example: the provider added the domain by itself. Enter _facteur alone");
        assertThat(page.indexOf("the provider added the domain")).isBetween(page.indexOf("id=\"found-1\""), page.indexOf("id=\"record-2\""));
    }

    @Test
    void textOfStrangersInTheDnsIsText() throws SQLException {
        var claim = added();
        publish(claim.ownershipName(), "<script>alert(1)</script>\"><img src=x onerror=alert(1)> \u202Egro\u0000");
        look(As.ADMIN);
        assertThat(world.get(As.ADMIN, FISC).page())
                .contains("found: another text", "&lt;script&gt;alert(1)&lt;/script&gt;", "?gro?")
                .doesNotContain("<script>alert", "<img src=x");
    }

    @Test
    void tellsWhatIsNewOnceAndStopsWhenAllIsRight() throws SQLException {
        var claim = added();
        var nothing = part("pending ---");
        assertThat(first(SAID, nothing)).isEmpty();
        assertThat(nothing).contains("hx-trigger=\"every 20s\"", "name=\"round\" value=\"4\"", "hx-swap-oob=\"true\"", "Stop refreshing");
        records(claim).forEach(record -> publish(record.name(), record.text()));
        var right = part(first(SEEN, nothing));
        assertThat(first(SAID, right)).contains("_facteur: found: right", "dupont-fisc.example: Verified");
        assertThat(right).contains("Your messages can be sent").doesNotContain("hx-trigger");
        assertThat(first(SAID, part(first(SEEN, right)))).isEmpty();
        assertThat(claims().getFirst().state()).isInstanceOf(DomainState.Verified.class);
        assertThat(world.get(As.ADMIN, FISC).page()).contains("There is nothing to do.", "/records.txt", "mailto:").doesNotContain("class=\"steps\"");
    }

    @Test
    void aForgottenPageStopsByItself() throws SQLException {
        added();
        var page = world.ask(
                "POST",
                FISC + "/look",
                Map.of(
                        "Host", "localhost", "Cookie", "facteur=ADMIN", "HX-Request", "true", "Sec-Fetch-Site", "same-origin",
                        "Content-Type", "application/x-www-form-urlencoded"),
                "round=44&seen=").page();
        assertThat(page).contains("name=\"round\" value=\"45\"").doesNotContain("hx-trigger", "Stop refreshing");
        assertThat(world.get(As.ADMIN, FISC + "?still").page()).contains("Check now").doesNotContain("hx-trigger");
    }

    @Test
    void aReaderLooksAndChangesNothing() throws SQLException {
        var claim = added();
        records(claim).forEach(record -> publish(record.name(), record.text()));
        look(As.READER);
        assertThat(world.get(As.READER, FISC).page()).contains("found: right").doesNotContain("/remove");
        assertThat(claims().getFirst().state()).isInstanceOf(DomainState.Pending.class);
        assertThat(world.get(As.READER, DOMAINS).page()).doesNotContain("<form method=\"post\">");
        assertThat(world.post(As.READER, DOMAINS, "domain", "x.example").status()).isEqualTo(404);
        assertThat(world.get(As.READER, FISC + "/remove").status()).isEqualTo(404);
    }

    @Test
    void saysUntilWhenADomainWithFaultsIsUsed() throws SQLException {
        var claim = added();
        records(claim).forEach(record -> publish(record.name(), record.text()));
        look(As.ADMIN);
        dns.clear();
        look(As.ADMIN);
        assertThat(world.get(As.ADMIN, FISC).page()).contains("until 24 November 2026").contains("state warn");
        assertThat(world.get(As.ADMIN, DOMAINS).page()).contains("Needs attention");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/records.txt", "/zone", "/print", "/remove"})
    void anotherOfficesDomainIsNotThere(String page) throws SQLException {
        added();
        assertThat(world.get(As.OTHER, "/o/peeters/domains/dupont-fisc.example" + page).status()).isEqualTo(404);
        assertThat(world.get(As.OTHER, FISC + page).status()).isEqualTo(404);
        assertThat(world.post(As.OTHER, "/o/peeters/domains/dupont-fisc.example/look").status()).isEqualTo(404);
        assertThat(world.post(As.OTHER, "/o/peeters/domains/dupont-fisc.example/remove").status()).isEqualTo(404);
        assertThat(claims()).hasSize(1);
    }

    @Test
    void removingSaysWhatLettersWillLookLike() throws SQLException {
        world.put("dupont", "{\"company\":\"Cabinet Dupont <office@dupont.example>\",\"from\":{\"address\":\"office@dupont.example\"},"
                + "\"contexts\":{\"invoice\":{\"from\":{\"address\":\"bills@dupont.example\",\"name\":\"Bills\"}}}}");
        assertThat(world.post(As.ADMIN, DOMAINS, "domain", "dupont.example").status()).isEqualTo(303);
        var page = world.get(As.ADMIN, DOMAINS + "/dupont.example/remove").page();
        assertThat(page).contains(
                "Remove dupont.example?", "Cabinet Dupont &lt;office@dupont.example&gt;", "Bills &lt;bills@dupont.example&gt;", "Invoices",
                "Cabinet Dupont &lt;inbox@relay.example&gt;");
        var removed = world.post(As.ADMIN, DOMAINS + "/dupont.example/remove");
        assertThat(removed.location()).isEqualTo(DOMAINS + "?removed=dupont.example");
        assertThat(world.get(As.ADMIN, removed.location()).page()).contains("dupont.example is removed.");
        assertThat(claims()).isEmpty();
        assertThat(world.acts).last().asString().contains("domain remove dupont.example --office dupont");
    }

    @Test
    void aLinkCanNotMakeThePageSayAnythingElse() {
        assertThat(world.get(As.ADMIN, DOMAINS + "?removed=%3Cb%3Ecall+me").page()).doesNotContain("call me", "id=\"message\"");
    }

    /// Claims are kept in the relay's own database.
    @Test
    void domainsAreAddedWhereverSettingsAreKept() throws SQLException {
        world.elsewhere.set(Optional.of("files"));
        added();
        assertThat(claims()).hasSize(1);
    }
}
