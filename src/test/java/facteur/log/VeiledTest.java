package facteur.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VeiledTest {
    private static final Veil HASHED = hashed("key");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "`jan@dupont.example`                         | `j***@dupont.example`",
        "`<jan@dupont.example>`                       | `<j***@dupont.example>`",
        "`<>`                                         | `<>`",
        "``                                           | ``",
        "`a@b.example,<cd@e.example>`                 | `***@b.example,<c***@e.example>`",
        "`\"jan janssens\"@dupont.example`            | `j***@dupont.example`",
        "`\"a\\\"@b, c\"@dupont.example`              | `a***@dupont.example`",
        "`jan@[192.0.2.1]`                            | `j***@[192.0.2.1]`",
        "`jürgen@bücher.example`                      | `j***@bücher.example`",
        "`<postmaster>`                               | `<p***>`",
        "`o'brien+tag=x@dupont.example`               | `o***@dupont.example`"
    })
    void masksAddresses(String address, String shown) {
        assertThat(of(new Veil.Masked(), new Personal(address))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "550 5.1.1 <jan@dupont.example>: unknown                | 550 5.1.1 <j***@dupont.example>: unknown",
        "550 mailbox:jan@dupont.example;is full                 | 550 mailbox:j***@dupont.example;is full",
        "550 no mailbox JAN here                                | 550 no mailbox j*** here",
        "550 janssens is not jan.                               | 550 janssens is not j***.",
        "see mail/?p=jan%40dupont.example                       | see mail/?p=j***%40dupont.example",
        "x bounce+jan=dupont.example@list.example y             | x b***@list.example y",
        "@ at the start, none@                                  | @ at the start, n***@",
        "a@b@c                                                  | ***@b@c",
        "!@piet@dupont.example                                  | ***@p***@dupont.example",
        "x@an.piet@[192.0.2.1] y                                 | ***@a***@[192.0.2.1] y",
        "x@[piet@dupont.example                                  | ***@[p***@dupont.example",
        "x@[piet@dupont.example]                                 | ***@[p***@dupont.example]"
    })
    void masksThemWhereOthersAreQuoted(String reply, String shown) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("office", "jan");
        fields.put("recipient", new Personal("jan@dupont.example"));
        fields.put("reply", new Quoted(reply));
        assertThat(Veiled.of(new Veil.Masked(), fields)).containsEntry("reply", shown).containsEntry("office", "jan");
    }

    @Test
    void hashesTheSamePersonToTheSameName() {
        var name = of(HASHED, new Personal("jan@dupont.example")).toString();
        assertThat(name).matches("[0-9a-f]{12}@dupont\\.example");
        assertThat(of(HASHED, new Personal("Jan@Dupont.example")).toString()).isEqualToIgnoringCase(name);
        assertThat(of(HASHED, "to <\"jan\"@dupont.example>")).isEqualTo("to <" + name + ">");
        assertThat(of(HASHED, List.of(new Personal("jan@dupont.example")))).isEqualTo(List.of(name));
        assertThat(of(HASHED, new Personal("jan@durand.example"))).isNotEqualTo(name.replace("dupont", "durand"));
        assertThat(of(hashed("another"), new Personal("jan@dupont.example"))).isNotEqualTo(name);
        assertThat(HASHED.toString()).doesNotContain("key\"").contains("***");
    }

    @Test
    void leavesEverythingInFullUnlessAsked() {
        assertThat(of(new Veil.None(), new Quoted("550 <jan@dupont.example>"))).hasToString("550 <jan@dupont.example>");
    }

    /// However an address is wrapped, its local part is gone.
    @Property
    void noLocalPartStays(@ForAll @StringLength(max = 12) String before, @ForAll @StringLength(max = 12) String after) {
        for (var veil : List.of(new Veil.Masked(), HASHED)) {
            for (var value : List.of(new Quoted(before + "zqvwx@x.example" + after), before + "zqvwx@x.example" + after)) {
                assertThat(of(veil, value).toString()).doesNotContain("zqvwx");
            }
        }
    }

    private static Object of(Veil veil, Object value) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("value", value);
        return Veiled.of(veil, fields).firstEntry().getValue();
    }

    private static Veil hashed(String key) {
        return new Veil.Hashed(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }
}
