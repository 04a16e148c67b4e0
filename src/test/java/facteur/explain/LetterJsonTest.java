package facteur.explain;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.letter.Provenance;
import facteur.mail.smtp.HeaderEncoding;
import facteur.platform.json.Json;
import facteur.spool.Attempt;
import facteur.spool.LetterHistory;
import facteur.spool.NamedFields;
import facteur.spool.QueueStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/// An office sees what concerns it, and nothing of how the operator has arranged things.
final class LetterJsonTest {
    private static final LetterHistory LETTER = new LetterHistory(
            "01m8468qb1dasymv",
            TestTime.START,
            Optional.empty(),
            Provenance.parse("suite", "dupont", "invoice", "R-1042", "jan@dupont.example", "from.shared", "context.role", "v42", "v57", ""),
            new NamedFields("<1@suite.example>", "Cabinet Dupont <inbox@relay.example>", "An Peeters <an@dupont.example>", ""),
            "<secret-reverse-path@relay.example>",
            "<app@dupont.example>",
            "8BITMIME",
            "UTF8",
            "",
            "",
            4096,
            Optional.of(new LetterHistory.Place(QueueStatus.DEFERRED, TestTime.START, 1, "node-7", 3, "")),
            List.of(new LetterHistory.OfRecipient("client@one.example", "pending", "450 4.2.1 later", Optional.of(TestTime.START), "", "")),
            List.of(new Attempt(
                    1, 0, TestTime.START, "smarthost-2", "mx.one.example TLSv1.3", "rcpt", Attempt.Result.TEMP_FAILED, "450 4.2.1 later")),
            List.of(),
            Optional.empty(),
            Optional.of("Subject: private\r\n"));

    @Test
    void anOfficeSeesWhyAndHowFar() {
        assertThat(Json.of(LetterJson.ofOffice(LETTER, List.of()))).contains(
                "\"state\": \"deferred\"", "\"settingsVersion\": \"v42\"", "\"cardVersion\": \"v57\"",
                "\"replyToSentence\": \"The context sends replies to a role", "\"peer\": \"mx.one.example TLSv1.3\"", "450 4.2.1 later",
                "\"rule\": \"context.address\"");
        assertThat(LetterJson.ofOffice(LETTER, List.of()).get("considered")).asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1 + 4);
    }

    @Test
    void anOfficeSeesNothingOfTheOperators() {
        assertThat(Json.of(LetterJson.ofOffice(LETTER, List.of()))).doesNotContain("node-7", "smarthost-2", "secret-reverse-path", "private");
        assertThat(Json.of(LetterJson.line(LETTER))).doesNotContain("node-7", "smarthost-2", "secret-reverse-path", "private");
        assertThat(Json.of(LetterJson.log(LETTER))).contains("node-7", "smarthost-2", "secret-reverse-path").doesNotContain("private");
    }

    @Test
    void aListSaysWhatItsColumnsNeed() {
        assertThat(LetterJson.line(LETTER)).containsOnlyKeys(
                "id", "state", "acceptedAt", "endedAt", "context", "relation", "sender", "from", "replyTo", "recipients");
    }

    private static LetterHistory.OfReturn ofReturn(String id, String... actions) {
        return new LetterHistory.OfReturn(id, TestTime.START, "report", "<>", "", Stream.of(actions)
                .map(action -> new LetterHistory.OfStatus(0, "client@one.example", action, "2.0.0", id + " said " + action, "mx.one.example"))
                .toList());
    }

    private static Optional<String> heard(String status, LetterHistory.OfReturn... returns) {
        var recipient = new LetterHistory.OfRecipient("client@one.example", status, "", Optional.empty(), "", "");
        var letter = new LetterHistory(
                LETTER.id(), LETTER.acceptedAt(), LETTER.endedAt(), LETTER.provenance(), LETTER.named(), "", "", "", "", "", "", 0, Optional.empty(),
                List.of(recipient), List.of(), List.of(returns), Optional.empty(), Optional.empty());
        assertThat(Json.of(LetterJson.log(letter)).contains("\"cameBack\": {")).isEqualTo(letter.heardOf(0).isPresent());
        return letter.heardOf(0).map(heard -> heard.said().diagnostic());
    }

    @Test
    void aRecipientShowsTheReturnThatItsStatusFollowsFrom() {
        assertThat(heard("relayed")).isEmpty();
        assertThat(heard("relayed", ofReturn("a", "delayed"), ofReturn("b", "relayed"))).contains("b said relayed");
        assertThat(heard("returned", ofReturn("a", "delayed", "failed"), ofReturn("b", "failed"), ofReturn("c", "delivered")))
                .contains("b said failed");
        assertThat(heard("delivered", ofReturn("a", "delivered"), ofReturn("b", "delayed"))).contains("a said delivered");
        var other = new LetterHistory.OfStatus(-1, "other@one.example", "failed", "5.1.1", "", "");
        assertThat(heard("relayed", new LetterHistory.OfReturn("a", TestTime.START, "report", "<>", "", List.of(other)))).isEmpty();
    }

    /// A newer or older version had other rules.
    @Test
    void aRuleThatIsGoneHasNoSentence() {
        assertThat(LetterJson.sentence("context.retired")).isEmpty();
    }

    @Test
    void aLetterOfTheLogCanBeExplainedAgain() {
        var request = ExplainRequest.of(LETTER);
        assertThat(request.office()).contains("dupont");
        assertThat(request.encoding()).isEqualTo(HeaderEncoding.UTF8);
        assertThat(request.header().first("X-Context").orElseThrow().value()).isEqualTo("invoice");
        assertThat(request.header().first("X-Relation-Id").orElseThrow().value()).isEqualTo("R-1042");
        assertThat(request.header().first("From").orElseThrow().value()).isEqualTo("jan@dupont.example");
    }
}
