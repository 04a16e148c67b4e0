package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.ArbitraryOffices;
import facteur.mail.smtp.Address;
import facteur.office.ContextName;
import facteur.office.OfficeReturns;
import facteur.office.OfficeSettings;
import facteur.office.Replies;
import facteur.office.Roles;
import facteur.platform.config.Problems;
import facteur.platform.config.Word;
import facteur.platform.json.JsonDocument;
import facteur.platform.json.JsonValue;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// What settings say of what comes back.
final class OfficeReturnsTest {
    private static final JsonValue.Members COMPANY = JsonValue.Members.NONE.with("company", JsonValue.of("D <o@dupont.example>"));

    @Property(tries = 100)
    void aSettingIsWhatItsWordSays(@ForAll("returns") OfficeReturns returns, @ForAll Replies replies, @ForAll Replies ofTasks) {
        var task = JsonValue.Members.NONE.with("replies", JsonValue.of(Word.of(ofTasks)));
        var office = read(COMPANY
                .with("returns", ReturnsJson.of(returns))
                .with("replies", JsonValue.of(Word.of(replies)))
                .with("contexts", JsonValue.Members.NONE.with("task", task)));
        assertThat(office.returns()).isEqualTo(returns);
        assertThat(office.replies()).isEqualTo(replies);
        assertThat(office.context(ContextName.of("task")).orElseThrow().replies()).contains(ofTasks);
    }

    @Provide
    static Arbitrary<OfficeReturns> returns() {
        return ArbitraryOffices.returns();
    }

    @Test
    void whatIsNotSetIsLeftToTheRelay() {
        var office = read(COMPANY.with("contexts", JsonValue.Members.NONE.with("task", JsonValue.NULL)));
        assertThat(office.returns()).isEqualTo(OfficeReturns.STANDARD);
        assertThat(office.replies()).isEqualTo(Replies.DIRECT);
        assertThat(office.context(ContextName.of("task")).orElseThrow().replies()).isEmpty();
        assertThat(read(COMPANY.with("returns", JsonValue.NULL).with("replies", JsonValue.of(" ")))).isEqualTo(read(COMPANY));
    }

    private static OfficeSettings read(JsonValue settings) {
        var problems = new Problems();
        var section = JsonDocument.read(settings, "office dupont", problems);
        var office = new OfficeReader(Address.of("inbox@relay.example"), Roles.DEFAULT).read(section, ArbitraryOffices.OFFICE, "1");
        section.close();
        assertThat(problems.list()).isEmpty();
        return office;
    }
}
