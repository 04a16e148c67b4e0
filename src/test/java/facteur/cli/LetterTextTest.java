package facteur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.mail.letter.Provenance;
import facteur.spool.LetterHistory;
import facteur.spool.NamedFields;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What `facteur queue show` and `facteur log` say of letters that no app sent.
final class LetterTextTest {
    private static final String FROM = "Bob <bob@bakker.example>";

    private static LetterHistory letter(Provenance provenance, String reversePath, String recipient) {
        return new LetterHistory(
                "01m8468qb1dasymv", TestTime.START, Optional.of(TestTime.START), provenance,
                new NamedFields("<1@bakker.example>", FROM, "", ""), "<b-1@return.example.org>", reversePath, "7BIT", "ASCII", "", "", 438,
                Optional.empty(),
                List.of(new LetterHistory.OfRecipient(recipient, "relayed", "250 ok", Optional.empty(), "", "")),
                List.of(), List.of(), Optional.of("01m8468qb1dasymw"), Optional.empty());
    }

    private static Provenance provenance(String kind, String fromRule, String replyToRule, String version) {
        return Provenance.parse("", "dupont", "invoice", "R-1042", "", fromRule, replyToRule, version, "", "", kind);
    }

    private static String show(LetterHistory letter) {
        return new QueueText(TestTime.START).life(letter);
    }

    private static String log(LetterHistory letter) {
        return new LogText(TestTime.START).life(letter);
    }

    @Test
    void whatWasReadHasNoDecision() {
        var letter = letter(provenance("return", "", "", ""), "<>", "b-1@return.example.org");
        assertThat(show(letter)).contains("answers       01m8468qb1dasymw, as a return\noffice  ", "From          " + FROM + "\nreverse-path  <>\n")
                .doesNotContain("app ", "sender", "Reply-To");
        assertThat(log(letter)).contains(" accepted    as a return to 01m8468qb1dasymw for dupont, ", "context invoice, relation R-1042\n")
                .doesNotContain("\n\n", "Reply-To", "settings version");
    }

    @Test
    void aReplyGoesToThoseWhoAnswer() {
        var letter = letter(provenance("reply", "", "context.role", "v7"), "<office@dupont.example>", "ben@dupont.example");
        assertThat(show(letter)).contains(
                "goes to       ben@dupont.example\n              context.role        The context sends",
                "reverse-path  <office@dupont.example>, leaves with <b-1@return.example.org>\n").doesNotContain("app ", "sender", "Reply-To");
        assertThat(log(letter)).contains("  goes to     ben@dupont.example\n", " context.role: The context sends", "R-1042, settings version v7\n")
                .doesNotContain("\n\n", "Reply-To");
    }

    /// Its From follows from no setting of the office.
    @Test
    void theRelaysOwnLetterHasNoDecision() {
        var letter = letter(provenance("", "from.shared", "", "v7"), "<>", "an@dupont.example");
        assertThat(show(letter)).contains("app           none: the relay's own letter\n").doesNotContain("from.shared", "Reply-To", "sender");
        assertThat(log(letter)).contains(" accepted    as the relay's own letter for dupont, ").doesNotContain("from.shared", "Reply-To", "sender");
    }
}
