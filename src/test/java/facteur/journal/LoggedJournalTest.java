package facteur.journal;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.platform.log.LetterAddresses;
import facteur.platform.log.LineFormat;
import facteur.platform.log.Lines;
import facteur.platform.log.Veil;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LoggedJournalTest {
    private static final List<String> WORDS_FOR_ADDRESSES =
            List.of("recipient", "recipients", "sender", "from", "reply-to", "reverse-path");
    private static final List<Veil> VEILS = List.of(
            new Veil.Masked(), new Veil.Hashed(new SecretKeySpec("key".getBytes(StandardCharsets.UTF_8), "HmacSHA256")));

    @ParameterizedTest
    @EnumSource
    void writesOneLineThatIsReadBackAsItWas(LineFormat format) {
        var text = "a\r\nevent=relayed id=forged \"x\" \u001b[2J\u2028\u202E";
        for (var event : Events.every(_ -> text).toList()) {
            var line = Lines.write(format, new Veil.None(), fields(event));
            assertThat(line.lines()).hasSize(1);
            var read = Lines.read(format, line);
            assertThat(read.keySet()).containsExactlyElementsOf(fields(event).keySet()).allMatch(key -> key.matches("[a-z]+(-[a-z]+)*"));
            assertThat(read.values()).allMatch(value -> List.of(text, text + "," + text, "1", "2", "1970-01-01T00:00:00Z").contains(value)
                    || value.equals(read.get("event")));
        }
    }

    @Test
    void writesTheWordsOfTheEvent() {
        assertThat(logfmt(new MailEvent.InDoubt(
                "0123456789abcdef", "dupont", "info@bakker.example", "smarthost", "connection lost", 3, Instant.parse("2026-11-23T08:05:00Z"))))
                .isEqualTo("event=in-doubt id=0123456789abcdef office=dupont recipient=info@bakker.example upstream=smarthost"
                        + " cause=\"connection lost\" attempts=3 due-at=2026-11-23T08:05:00Z");
        assertThat(logfmt(new MailEvent.Dropped("x", List.of("a@b.example", "c@d.example"))))
                .isEqualTo("event=dropped id=x recipients=a@b.example,c@d.example");
        assertThat(logfmt(new MailEvent.Dropped("x", List.of()))).isEqualTo("event=dropped id=x recipients=\"\"");
    }

    /// Whether its fields are read as they are or as the pairs that any log gets.
    @ParameterizedTest
    @EnumSource
    void isTheSameLineFromPairs(LineFormat format) {
        var persons = new LetterAddresses(() -> Stream.of("jan@dupont.example"));
        for (var text : List.of("plain", "two words of jan@dupont.example", "\u202E\"\\\n")) {
            for (var event : Events.every(_ -> text).toList()) {
                for (var veil : List.of(new Veil.None(), new Veil.Masked())) {
                    for (var fields : List.of(new EventFields(event, LetterAddresses.NONE), new EventFields(event, persons))) {
                        assertThat(Lines.encode(format, veil, fields))
                                .isEqualTo(Lines.encode(format, veil, List.copyOf(fields)))
                                .contains(EventKind.of(event.getClass()).name())
                                .doesNotContain("persons");
                    }
                }
            }
        }
    }

    @Test
    void noFieldIsNamedLikeOneOfTheLine() {
        assertThat(Arrays.stream(MailEvent.class.getPermittedSubclasses())
                .flatMap(kind -> EventKind.of(kind).fields().stream())
                .map(EventKind.Field::key))
                .doesNotContain("ts", "level", "event", "persons", "stack");
    }

    @Test
    void whatIsNamedLikeAnAddressIsOne() {
        var kinds = Arrays.stream(MailEvent.class.getPermittedSubclasses()).map(EventKind::of).toList();
        assertThat(kinds.stream()
                .flatMap(kind -> kind.fields().stream())
                .filter(field -> WORDS_FOR_ADDRESSES.contains(field.key()))
                .filter(field -> field.accessor().getReturnType() != int.class))
                .hasSizeGreaterThan(10)
                .allMatch(field -> field.trait() == EventKind.Trait.OF_PERSON);
    }

    /// For any event, and however the address in it is quoted.
    @Property(tries = 200)
    void noLocalPartIsShownBehindAVeil(@ForAll("localParts") String localPart, @ForAll("quotations") String quotation) {
        var address = localPart + "@dupont.example";
        for (var veil : VEILS) {
            for (var event : Events.every(trait -> switch (trait) {
                case OWN -> "unknown office " + address;
                case OF_PERSON -> "<" + address + ">";
                case OF_OTHERS -> quotation.formatted(address, localPart.replace("\"", ""));
            }).toList()) {
                var hasAddress = EventKind.of(event.getClass()).fields().stream().anyMatch(f -> f.trait() == EventKind.Trait.OF_PERSON);
                for (var format : LineFormat.values()) {
                    if (hasAddress || !quotation.contains("%2$s")) {
                        assertThat(Lines.read(format, Lines.write(format, veil, fields(event))).toString())
                                .doesNotContainIgnoringCase(localPart.replace("\"", ""));
                    }
                }
            }
        }
    }

    @Provide
    Arbitrary<String> localParts() {
        var atoms = Arbitraries.strings().withChars("zqvwxZQüé'+-_!#$%&*/?^`{|}~").ofMinLength(6).ofMaxLength(20)
                .filter(atom -> Character.isLetter(atom.charAt(0)) && Character.isLetter(atom.charAt(atom.length() - 1)));
        return Arbitraries.oneOf(
                atoms,
                atoms.map(atom -> atom + "." + atom),
                atoms.map(atom -> "\"" + atom + " x\""));
    }

    @Provide
    Arbitrary<String> quotations() {
        return Arbitraries.of(
                "550 5.1.1 <%1$s>: Recipient address rejected",
                "550 %1$s... User unknown",
                "RCPT TO:<%1$s> refused",
                "to=<%1$s>, orig_to=<%1$s>",
                "mailto:%1$s?x '%1$s' (%1$s) [%1$s] \"%1$s\"",
                "550 no mailbox %2$s here, %2$s.",
                "4.2.2 \u2068%1$s\u2069 is full");
    }

    private static String logfmt(MailEvent event) {
        return Lines.write(LineFormat.LOGFMT, new Veil.None(), fields(event));
    }

    private static SequencedMap<String, Object> fields(MailEvent event) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("event", EventKind.of(event.getClass()).name());
        EventKind.forEach(event, fields::put);
        return fields;
    }
}
