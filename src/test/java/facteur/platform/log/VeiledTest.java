package facteur.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /// What upstreams make of a recipient, who may be another one of the letter.
    @ParameterizedTest
    @ValueSource(strings = {
        "451 4.3.0 Try again, user secretlocal",
        "451 SecretLocal",
        "550 mailbox secretlocal%40e.com is full",
        "550 https://mx.example/?a=secret%6Cocal%40e.com",
        "550 rfc822;secretlocal+40e.com",
        "550 =73ecretlocal=40e.com",
        "550 /var/mail/secretlocal3: no such file",
        "550 secret\\local",
        "550 bounce-secretlocal=e.com@list.example, <x@secretlocal.e.com>",
        "550 xsecretlocalx@e.com",
    })
    void hidesWhomTheLetterIsForInTheWordsOfOthers(String reply) {
        for (var veil : List.of(new Veil.Masked(), HASHED)) {
            for (var person : List.of("secretlocal@e.com", "<SecretLocal+bills@e.com>")) {
                SequencedMap<String, Object> fields = new LinkedHashMap<>();
                fields.put("cause", new Quoted(reply));
                fields.put("persons", new LetterAddresses(() -> Stream.of(person)));
                var veiled = Veiled.of(veil, fields);
                assertThat(veiled).containsOnlyKeys("cause");
                assertThat(String.valueOf(veiled.get("cause"))).doesNotContainIgnoringCase("secretlocal").doesNotContainIgnoringCase("secret%6C")
                        .startsWith(reply.substring(0, 3));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a@e.com          | 550 5.1.1 a is unavailable, a%40e.com a mailbox   | 550 5.1.1 *** is unavailable, ***%40e.com *** mailbox",
        "jan@e.com        | 550 janssens, JAN, jan_x, 1jan                   | 550 janssens, j***, j***_x, 1jan",
        "info@e.com       | 550 no information on info                        | 550 no *** on i***",
        "jürgen@e.com     | 550 J%C3%BCrgen or JÜRGEN                         | 550 j*** or j***",
        "jürgen@e.com     | 550 <J??RGEN@e.com>, j?rgen3                      | 550 <J***@e.com>, ***",
        "müller+x@e.com   | 550 box of m??ller                                | 550 box of m***",
        "\"zo\\\"eken\"@e.com | 550 zo\"eken is full                          | 550 z*** is full",
        "user@e.com       | 550 user unknown                                  | 550 u*** unknown",
    })
    void leavesWordsThatTellNothing(String person, String reply, String shown) {
        assertThat(of(new Veil.Masked(), person, reply)).isEqualTo(shown);
    }

    /// Any local part in any surroundings, in any case and encoded in any way.
    @Property
    void noLocalPartOfTheLetterStaysInTheWordsOfOthers(
            @ForAll @CharRange(from = 'a', to = 'z') @Chars({'.', '-', '_', '\'', 'é'}) @StringLength(min = 4, max = 20) String local,
            @ForAll @StringLength(max = 30) String before,
            @ForAll @StringLength(max = 30) String after) {
        Assume.that(local.codePoints().anyMatch(c -> c > 'f')); // A hash may look like anything else.
        for (var written : List.of(local, local.toUpperCase(Locale.ROOT), numbered(local, "%"), numbered(local, "+"), numbered(local, "="))) {
            for (var veil : List.of(new Veil.Masked(), HASHED)) {
                assertThat(of(veil, local + "@e.com", before + written + after)).doesNotContainIgnoringCase(local).doesNotContain(written);
            }
        }
    }

    /// What stands before it may be read together with it.
    @ParameterizedTest
    @ValueSource(strings = {"\\", "\\\\", "%FF", "%C3", "=E2=82", "\\%5C", "%"})
    void noLocalPartStaysBehindWhatReadsLikeAPartOfIt(String before) {
        for (var written : List.of("réne", numbered("réne", "%"), numbered("réne", "="))) {
            assertThat(of(new Veil.Masked(), "réne@e.com", "550 " + before + written + " no")).doesNotContain(written);
        }
    }

    private static String numbered(String text, String sign) {
        return HexFormat.of().withUpperCase().withPrefix(sign).formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String of(Veil veil, String person, String reply) {
        SequencedMap<String, Object> fields = new LinkedHashMap<>();
        fields.put("cause", new Quoted(reply));
        fields.put("persons", new LetterAddresses(() -> Stream.of(person)));
        return String.valueOf(Veiled.of(veil, fields).get("cause"));
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
