package facteur.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OriginalRecipientTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "rfc822;info@bakker.example     | rfc822;info@bakker.example      | rfc822; info@bakker.example",
        "rfc822;a+2Bb+20c@x             | rfc822;a+2Bb+20c@x              | rfc822; a+b c@x",
        "X-none;a;b                     | X-none;a;b                      | X-none; a;b",
        "utf-8;jörg@x                   | utf-8;j\\x{F6}rg@x              | utf-8; j\\x{F6}rg@x",
        "UTF-8;\\x{4E2D}\\x{2B}@x       | UTF-8;\\x{4E2D}\\x{2B}@x        | UTF-8; \\x{4E2D}\\x{2B}@x",
        "utf-8;\uD83D\uDE00@x           | utf-8;\\x{1F600}@x              | utf-8; \\x{1F600}@x"
    })
    void goesOnAndIsReportedInAscii(String text, String ascii, String field) {
        var parsed = OriginalRecipient.parse(text, HeaderEncoding.UTF8);
        assertThat(parsed.map(original -> original.toAscii().toString()).orElse(null)).isEqualTo(ascii);
        assertThat(parsed.map(OriginalRecipient::fieldValue).orElse(null)).isEqualTo(field);
        assertThat(parsed.map(OriginalRecipient::toString).orElse(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ";", "rfc822", "rfc822;", ";a", "rfc 822;a", "rfc822;a b", "rfc822;a+0Ab", "rfc822;é", "rfc822;+", "rfc822;a=b",
        "utf-8;", "utf-8;a b", "utf-8;a+20b", "utf-8;a=b", "utf-8;a\\b", "utf-8;\\x{A}", "utf-8;\\x{0D}", "utf-8;\\x{7F}", "utf-8;\\x{85}",
        "utf-8;\\x{D800}", "utf-8;\\x{110000}", "utf-8;\\x{2028}", "utf-8;\\x{202E}", "utf-8;\\x{e9}", "utf-8;\\x{}", "utf-8;a\rb",
        "utf-8;a\u0085b", "utf-8;a\u202Eb", "utf-8;\uD83D", "utf-8;a\0b"
    })
    void refusesTheRest(String text) {
        assertThat(OriginalRecipient.parse(text, HeaderEncoding.UTF8)).isEmpty();
    }

    @Test
    void needsSmtpUtf8BeyondAscii() {
        assertThat(OriginalRecipient.parse("utf-8;jörg@x", HeaderEncoding.ASCII)).isEmpty();
        assertThat(OriginalRecipient.parse("utf-8;j\\x{F6}rg@x", HeaderEncoding.ASCII)).isPresent();
    }

    @Test
    void isBoundedInAsciiToo() {
        assertThat(OriginalRecipient.parse("rfc822;" + "x".repeat(493), HeaderEncoding.ASCII)).isPresent();
        assertThat(OriginalRecipient.parse("rfc822;" + "x".repeat(494), HeaderEncoding.ASCII)).isEmpty();
        assertThat(OriginalRecipient.parse("utf-8;" + "é".repeat(100), HeaderEncoding.UTF8)).isEmpty();
    }
}
