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
        assertThat(Json.of(LetterJson.ofOffice(LETTER))).contains(
                "\"state\": \"deferred\"", "\"settingsVersion\": \"v42\"", "\"cardVersion\": \"v57\"",
                "\"replyToSentence\": \"The context sends replies to a role", "\"peer\": \"mx.one.example TLSv1.3\"", "450 4.2.1 later",
                "\"rule\": \"context.address\"");
        assertThat(LetterJson.ofOffice(LETTER).get("considered")).asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1 + 4);
    }

    @Test
    void anOfficeSeesNothingOfTheOperators() {
        assertThat(Json.of(LetterJson.ofOffice(LETTER))).doesNotContain("node-7", "smarthost-2", "secret-reverse-path", "private");
        assertThat(Json.of(LetterJson.line(LETTER))).doesNotContain("node-7", "smarthost-2", "secret-reverse-path", "private");
        assertThat(Json.of(LetterJson.log(LETTER))).contains("node-7", "smarthost-2", "secret-reverse-path").doesNotContain("private");
    }

    @Test
    void aListSaysWhatItsColumnsNeed() {
        assertThat(LetterJson.line(LETTER)).containsOnlyKeys(
                "id", "state", "acceptedAt", "endedAt", "context", "relation", "sender", "from", "replyTo", "recipients");
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
