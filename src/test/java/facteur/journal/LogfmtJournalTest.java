package facteur.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LogfmtJournalTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "plain                              | plain",
        "jan@dupont.example                 | jan@dupont.example",
        "<jan+x@dupont.example>             | <jan+x@dupont.example>",
        "<>                                 | <>",
        "Jürgen                             | Jürgen",
        "``                                 | \"\"",
        "two words                          | \"two words\"",
        "a=b                                | \"a=b\"",
        "x event=relayed                    | \"x event=relayed\"",
        "a\"b                               | \"a\\\"b\"",
        "a\\                                | \"a\\\\\"",
        "${jndi:ldap://127.0.0.1/a}         | \"${jndi:ldap://127.0.0.1/a}\"",
        "`a\r\nevent=relayed`               | \"a\\r\\nevent=relayed\"",
        "`a\tb`                             | \"a\\tb\"",
        "`a\u0000b`                         | \"a\\u{0}b\"",
        "`a\u000Bb\u000C`                   | \"a\\u{b}b\\u{c}\"",
        "a\u001b[31mred                     | \"a\\u{1b}[31mred\"",
        "a\u007f\u0085b                     | \"a\\u{7f}\\u{85}b\"",
        "a\u2028b\u2029c                    | \"a\\u{2028}b\\u{2029}c\"",
        "a\u202Eb\u2066c\u200Fd             | \"a\\u{202e}b\\u{2066}c\\u{200f}d\"",
        "a\u200Bb\uFEFF                     | \"a\\u{200b}b\\u{feff}\"",
        "a\uD83Db                           | \"a\\u{d83d}b\"",
        "a \uD83D\uDE00                     | \"a \uD83D\uDE00\""
    })
    void quotesWhatIsNoPlainWord(String value, String written) {
        assertThat(LogfmtJournal.line(new MailEvent.SpoolTrouble(value))).isEqualTo("event=spool-trouble what=" + written);
    }

    static Stream<MailEvent> events() {
        return events("a\r\nevent=relayed id=forged \"x\" \u001b[2J\u2028\u202E");
    }

    @ParameterizedTest
    @MethodSource("events")
    void writesOneLineInKebabCase(MailEvent event) {
        var line = LogfmtJournal.line(event);
        assertThat(line).matches("event=[a-z]+(-[a-z]+)*( [a-z]+(-[a-z]+)*=(\"([^\"\\\\]|\\\\.)*\"|[^\"= ]+))+");
        assertThat(line.codePoints().map(Character::getType).boxed())
                .doesNotContain(
                        (int) Character.CONTROL,
                        (int) Character.FORMAT,
                        (int) Character.LINE_SEPARATOR,
                        (int) Character.PARAGRAPH_SEPARATOR);
    }

    @Test
    void knowsEveryKindOfEvent() {
        assertThat(events().<Class<?>>map(MailEvent::getClass))
                .containsExactlyInAnyOrder(MailEvent.class.getPermittedSubclasses());
    }

    @Test
    void writesTheWordsOfTheEvent() {
        assertThat(LogfmtJournal.line(new MailEvent.InDoubt(
                        "0123456789abcdef", "info@bakker.example", "smarthost", "connection lost", 3, Instant.parse("2026-11-23T08:05:00Z"))))
                .isEqualTo("event=in-doubt id=0123456789abcdef recipient=info@bakker.example upstream=smarthost"
                        + " cause=\"connection lost\" attempts=3 due-at=2026-11-23T08:05:00Z");
        assertThat(LogfmtJournal.line(new MailEvent.Dropped("x", List.of("a@b.example", "c@d.example"))))
                .isEqualTo("event=dropped id=x recipients=a@b.example,c@d.example");
        assertThat(LogfmtJournal.line(new MailEvent.Dropped("x", List.of()))).isEqualTo("event=dropped id=x recipients=\"\"");
    }

    @Test
    void staysOneLineWhateverTheText() {
        var random = new Random(11);
        for (var i = 0; i < 2000; i++) {
            var text = random.ints(random.nextInt(20), 0, 0x11_0000)
                    .map(c -> c % 3 == 0 ? c % 0x100 : c)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(LogfmtJournal.line(new MailEvent.SpoolTrouble(text)).lines()).hasSize(1);
        }
    }

    private static Stream<MailEvent> events(String text) {
        return Stream.of(
                new MailEvent.Accepted(text, text, text, text, text, text, text, text, text, text, text, 1, 2L, text, List.of(text, text)),
                new MailEvent.Refused(text, text, text, text),
                new MailEvent.Warned(text, text, text),
                new MailEvent.FromFallback(text, text, text),
                new MailEvent.DomainChanged(text, text, text, text, text),
                new MailEvent.Relayed(text, text, text, text, text, text, 1L),
                new MailEvent.Deferred(text, text, text, text, text, 1, Instant.EPOCH),
                new MailEvent.InDoubt(text, text, text, text, 1, Instant.EPOCH),
                new MailEvent.Failed(text, text, text, text, text),
                new MailEvent.Bounced(text, text, text),
                new MailEvent.DelayReported(text, text, text),
                new MailEvent.Confirmed(text, text, text),
                new MailEvent.Dropped(text, List.of(text, text)),
                new MailEvent.Split(text, List.of(text, text)),
                new MailEvent.Held(text, text),
                new MailEvent.UpstreamFailed(text, text, text, Instant.EPOCH),
                new MailEvent.UpstreamRecovered(text, 1L),
                new MailEvent.UpstreamThrottled(text, 5, text),
                new MailEvent.UpstreamCapped(text, text, 1, Instant.EPOCH),
                new MailEvent.CopyFailed(text, text, text),
                new MailEvent.TurnedAway(text, text),
                new MailEvent.Limited(text, text, text),
                new MailEvent.ProxyFailed(text, text),
                new MailEvent.ReplyLost(text, text),
                new MailEvent.TlsFailed(text, text),
                new MailEvent.CertificateExpires(text, Instant.EPOCH),
                new MailEvent.LoginFailed(text, text, 1),
                new MailEvent.Reloaded(List.of(text), List.of(text)),
                new MailEvent.ReloadRefused(List.of(text)),
                new MailEvent.SettingsTrouble(text),
                new MailEvent.NodeTakenOver(text, 1),
                new MailEvent.KeyTrouble(text),
                new MailEvent.SpoolTrouble(text));
    }
}
