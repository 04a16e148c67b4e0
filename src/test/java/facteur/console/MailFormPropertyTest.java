package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.MailPoint.Part;
import facteur.fixture.ArbitraryText;
import facteur.mail.automatic.Language;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.Roles;
import facteur.platform.config.Problems;
import facteur.platform.json.JsonDocument;
import facteur.platform.json.JsonValue;
import facteur.settings.OfficeReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Each form is refused by the rules of settings, or is good for letters.
final class MailFormPropertyTest {
    private static final OfficeReader READER = new OfficeReader(Address.of("inbox@relay.example"), Roles.DEFAULT);
    private static final String KIND = "été";

    @Provide
    Arbitrary<Map<String, String>> fields() {
        var names = Arbitraries.of(
                MailFields.COMPANY_NAME, MailFields.COMPANY_ADDRESS, MailFields.FROM, MailFields.FROM_ADDRESS, MailFields.FROM_NAME,
                MailFields.UNVERIFIED, MailFields.REPLY, MailFields.REPLIES, MailFields.TELL, MailFields.KNOWN_BAD,
                MailFields.AUTO_REPLIES, MailFields.NOTICE_LANGUAGE, MailFields.field("task", "replies"), MailFields.SANDBOX_SHOWN,
                MailFields.SANDBOX,
                MailFields.field("task", "reply"), MailFields.field("task", "address"), MailFields.field("task", "ignored"),
                MailFields.field(KIND, "reply"), MailFields.field(KIND, "address"), MailFields.field(KIND, "from"),
                MailFields.field(KIND, "from-address"), MailFields.field(KIND, "from-name"));
        var values = Arbitraries.oneOf(
                Arbitraries.of("", "own", "shared", "other_address", "as_general", "general", "sender", "partner", "refuse", "company", "late", "log",
                        "a@dupont.example", "B <b@dupont.example>", "\r\nBcc: x@evil.example", "a\u202eb", "\"", "<", "=?utf-8?q?x?="),
                ArbitraryText.of(20, "@", "<", ">", ",", "\u0000", "\n", "é", "\ud800"));
        return Arbitraries.maps(names, values).ofMaxSize(10);
    }

    @Provide
    Arbitrary<JsonValue> settings() {
        return ArbitraryMail.settings();
    }

    @Property(tries = 500)
    void isRefusedOrGoodForLetters(@ForAll("settings") JsonValue settings, @ForAll("fields") Map<String, String> fields) {
        var base = MailJson.read(settings);
        var form = new MailForm(1, List.of("task", "invoice", KIND), new LinkedHashMap<>(fields), List.of());
        var said = form.values(base);
        var written = MailJson.write(settings, base, said);
        var problems = new Problems();
        var section = JsonDocument.read(written, "office dupont", problems);
        var office = READER.read(section, new OfficeId("dupont"), "draft");
        section.close();
        assertThat(new MailProblems(Texts.in(Language.FR), form, _ -> true).of(problems.list())).hasSize(problems.list().size());
        if (problems.isEmpty()) {
            assertThat(office.company().name()).doesNotContainPattern("[\\p{Cc}\\u202e@]");
            assertThat(MailForm.of(1, MailJson.read(written)).values(MailJson.read(written))).isEqualTo(MailJson.read(written));
        }
        if (fields.containsKey(MailFields.FROM_NAME) && !said.get(MailPoint.FROM_NAME).equals(base.get(MailPoint.FROM_NAME))) {
            assertThat(said.get("", Part.FROM_NAME)).doesNotContainPattern("[\\p{Cc}\\u202e@]");
        }
    }
}
