package facteur.console;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.console.ArbitraryMail.Change;
import facteur.console.MailPoint.Part;
import facteur.mail.smtp.Address;
import facteur.platform.json.JsonValue;
import facteur.platform.json.JsonValue.Members;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class MailJsonPropertyTest {
    @Provide
    Arbitrary<JsonValue> settings() {
        return ArbitraryMail.settings();
    }

    @Provide
    Arbitrary<Change> change() {
        return ArbitraryMail.change();
    }

    /// As a browser sends them back.
    private static MailForm sent(MailForm form) {
        var fields = new LinkedHashMap<String, String>();
        form.fields().forEach((name, value) -> {
            if (!name.equals(MailFields.SANDBOX)) {
                fields.put(name, value.replaceAll("[\r\n]", ""));
            }
        });
        return new MailForm(form.version(), form.kinds(), fields, List.of());
    }

    @Property(tries = 300)
    void anUntouchedFormChangesNothing(@ForAll("settings") JsonValue settings) {
        var values = MailJson.read(settings);
        var said = sent(MailForm.of(7, values)).values(values);
        assertThat(said).isEqualTo(values);
        assertThat(MailJson.write(settings, values, said)).isEqualTo(settings);
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll("settings") JsonValue settings, @ForAll @Size(max = 5) List<@From("change") Change> changes) {
        var before = MailJson.read(settings);
        var after = ArbitraryMail.changed(before, changes);
        var read = MailJson.read(MailJson.write(settings, before, after));
        assertThat(comparable(read)).isEqualTo(comparable(after));
    }

    /// A kind that is set is listed, whether the form says so or not; and without an address, a company has no name.
    private static MailValues comparable(MailValues values) {
        var comparable = values;
        for (var kind : List.copyOf(values.kinds())) {
            comparable = comparable.with(new MailPoint(kind, Part.LISTED), "");
        }
        return Address.parse(values.get(MailPoint.COMPANY_ADDRESS)).isEmpty() ? comparable.with(MailPoint.COMPANY_NAME, "") : comparable;
    }

    @Property(tries = 300)
    void whatNoPageKnowsStays(@ForAll("settings") JsonValue settings, @ForAll @Size(max = 5) List<@From("change") Change> changes) {
        var before = MailJson.read(settings);
        var written = MailJson.write(settings, before, ArbitraryMail.changed(before, changes));
        assertThat(written.member("x-new")).isEqualTo(((Members) settings).member("x-new"));
        assertThat(SettingsJson.at(written, List.of("returns", "x-new"))).isEqualTo(SettingsJson.at(settings, List.of("returns", "x-new")));
        assertThat(written.member("users")).isEqualTo(((Members) settings).member("users"));
        contexts((Members) settings).members()
                .forEach((key, context) -> assertThat(((Members) contexts(written).member(key).orElseThrow()).member("x-new"))
                        .isEqualTo(((Members) context).member("x-new")));
    }

    private static Members contexts(Members settings) {
        return settings.member("contexts").map(Members.class::cast).orElse(Members.NONE);
    }

    @Property(tries = 200)
    void aFormOfValuesSaysThem(@ForAll("settings") JsonValue settings, @ForAll @Size(max = 5) List<@From("change") Change> changes) {
        var base = MailJson.read(settings);
        var values = ArbitraryMail.changed(base, changes);
        for (var kind : List.copyOf(values.kinds())) {
            if (!MailValues.USUAL_KINDS.contains(kind)) {
                values = values.with(new MailPoint(kind, Part.LISTED), MailValues.YES);
            }
        }
        var shown = MailForm.of(7, values).with(MailFields.SANDBOX_SHOWN, "yes");
        assertThat(shown.values(base)).isEqualTo(values);
    }
}
