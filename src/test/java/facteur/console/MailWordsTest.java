package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.automatic.Language;
import facteur.mail.smtp.Address;
import facteur.office.Role;
import facteur.office.Roles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MailWordsTest {
    private static final Role SENIOR = new Role("senior");
    private static final Role HELPER = new Role("helper");
    private static final Roles ROLES = new Roles(
            List.of(Role.PARTNER, Role.RESPONSIBLE, SENIOR, HELPER),
            Map.of(Role.RESPONSIBLE, Map.of(Language.EN, "Manager", Language.FR, "Gestionnaire")));

    private static MailWords words(Language language) {
        return new MailWords(Texts.in(language), ROLES, Address.of("inbox@relay.example"));
    }

    @Test
    void callsRolesByOurSentenceOrByTheOperatorsLabel() {
        assertThat(ROLES.list().stream().map(words(Language.EN)::roleChoice)).containsExactly(
                "The partner on the client’s card", "Manager, as named on the client’s card", "Senior, as named on the client’s card",
                "helper, as named on the client’s card");
        assertThat(words(Language.FR).roleChoice(Role.RESPONSIBLE)).isEqualTo("Gestionnaire, selon la fiche du client");
        assertThat(words(Language.NL).roleChoice(SENIOR)).isEqualTo("Senior, zoals op de fiche van de klant");
    }

    @Test
    void callsRolesWithinASentence() {
        assertThat(words(Language.EN).roleInSentence(Role.RESPONSIBLE)).isEqualTo("manager");
        assertThat(new MailWords(Texts.in(Language.EN), Roles.DEFAULT, Address.of("inbox@relay.example")).roleInSentence(Role.RESPONSIBLE))
                .isEqualTo("the person responsible");
    }

    @Test
    void saysValuesInWords() {
        var words = words(Language.EN);
        var invoices = new MailPoint("invoice", MailPoint.Part.REPLY);
        assertThat(words.label(invoices)).isEqualTo("Invoices: Replies go to");
        assertThat(words.value(invoices, "")).isEqualTo("Same as the general setting");
        assertThat(words.value(invoices, "general")).isEqualTo("Your company’s general address");
        assertThat(words.value(invoices, "general a@dupont.example")).isEqualTo("a@dupont.example");
        assertThat(words.value(MailPoint.REPLY, "boss")).contains("“boss”");
        assertThat(words.value(MailPoint.FROM, "")).contains("inbox@relay.example");
        assertThat(words.value(MailPoint.UNVERIFIED, "refuse")).isEqualTo("refuse the messages");
        var lateInvoices = new MailPoint("invoice", MailPoint.Part.REPLIES);
        assertThat(words.label(lateInvoices)).isEqualTo("Invoices: Reply address that clients see");
        assertThat(words.value(lateInvoices, "")).isEqualTo("Same as the general setting");
        assertThat(words.value(MailPoint.TELL, "none")).isEqualTo("No one");
        assertThat(words.value(MailPoint.TELL, "")).isEqualTo("as for all offices");
        assertThat(words.value(MailPoint.NOTICE_LANGUAGE, "nl")).isEqualTo("Nederlands");
        assertThat(words.value(MailPoint.KNOWN_BAD, "hint")).isEqualTo("hint");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void hasWordsForEachChoice(Language language) {
        var words = words(language);
        for (var part : MailPoint.Part.values()) {
            assertThat(ReturnWords.choices(part)).allSatisfy(
                    word -> assertThat(words.value(new MailPoint("", part), word)).isNotEqualTo(word).isNotBlank());
            assertThat(words.label(new MailPoint("", part))).isNotBlank();
        }
    }
}
