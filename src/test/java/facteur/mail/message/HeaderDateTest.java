package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each readable one is read by at least four of seven: Python's `email`, GMime, JavaScript's `Date`, Ruby's mail, Go's
/// `net/mail`, Angus Mail and mime4j; of the others, at most three read any.
final class HeaderDateTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "Mon, 23 Nov 2026 12:00:00 +0100",
        "23 Nov 2026 12:00:00 +0100",
        "Mon, 23 Nov 2026 12:00 +0100",
        "Mon, 23 Nov 26 12:00:00 GMT",
        "Mon, 3 Nov 2026 9:05:07 +0100",
        "Mon,23 Nov 2026 12:00:00 +0100",
        "Mon 23 Nov 2026 12:00:00 +0100",
        "Monday, 23 November 2026 12:00:00 +0100",
        "MON, 23 NOV 2026 12:00:00 EST",
        "Mon, 23 Nov 2026 12:00:00 Z",
        "Mon, 23 Nov 2026 12:00:00 A",
        "Mon, 23 Nov 2026 12:00:00 -0000",
        "Mon, 23 Nov 2026 12:00:00",
        "Mon, 23 Nov 2026 12:00:00 +0100 (CET)",
        "Mon, 23 Nov (the \\) 23rd (of it)) 2026 12:00:00 (noon) +0100",
        "Mon , 23 Nov 2026 12 : 00 : 00 +0100",
        "Mon,\t23 Nov\t2026  12:00:00 +0100",
        "Mon, 23 Nov 2026 12:00:00 GMT+0100",
        "Mon, 23 Nov 2026 12:00:00 +01:00",
        "Mon, 23 Nov 2026 12:00:00.123 +0100",
        "Mon, 23 Nov 2026 12:00:60 +0100",
        "Mon, 23 Nov 2026 24:00:00 +0100",
        "Mon, 29 Feb 28 12:00:00 +0100",
        "Mon, 23 Nov 126 12:00:00 +0100",
        "Tue, 23 Nov 2026 12:00:00 +0100",
        "Lun, 23 Nov 2026 12:00:00 +0100",
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "Mon, 23-Nov-2026 12:00:00 GMT",
        "Mon Nov 23 12:00:00 2026",
        "Mon Nov 23 2026 12:00:00 GMT+0100 (CET)",
        "Nov 23, 2026 12:00:00",
        "Mon, 23 Nov 2026 12:00:00 Europe/Brussels"
    })
    void readsWhatMostProgramsRead(String value) {
        assertThat(HeaderDate.isReadable(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        " ",
        "(Mon, 23 Nov 2026 12:00:00 +0100)",
        "Mon,",
        "Mon, 23 Nov",
        "Mon, 23 Nov 2026",
        "12:00:00",
        "Mon, 32 Nov 2026 12:00:00 +0100",
        "Mon, 00 Nov 2026 12:00:00 +0100",
        "Mon, 31 Feb 2026 12:00:00 +0100",
        "Mon, 29 Feb 26 12:00:00 +0100",
        "Mon, 23 Nov 2026 25:00:00 +0100",
        "Mon, 23 Nov 2026 12:60:00 +0100",
        "Mon, 23 Nov 2026 12:00:61 +0100",
        "Mon, 23 Nov 2026 12h00 +0100",
        "lun., 23 nov. 2026 12:00:00 +0100",
        "Mon, 23 Mai 2026 12:00:00 +0100",
        "Mon Nov 23 12:00:00 CET 2026",
        "2026-11-23T12:00:00Z",
        "23.11.2026 12:00:00",
        "20261123120000",
        "1795431600",
        "0",
        "now",
        "null",
        "undefined",
        "Invalid Date",
        "NaN",
        "@DATE@",
        "=?UTF-8?Q?Mon,_23_Nov_2026_12:00:00_+0100?="
    })
    void readsNothingElse(String value) {
        assertThat(HeaderDate.isReadable(value)).isFalse();
    }

    @Test
    void readsWhatItWrites() {
        assertThat(HeaderDate.isReadable(HeaderDate.of(Instant.EPOCH))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 ", " ", "(", ")", "\\", "jan ", "1 jan ", "1-jan-", "00:", "((a"})
    @Timeout(2)
    void endsQuicklyWhateverTheLength(String part) {
        assertThat(HeaderDate.isReadable(part.repeat(131_072 / part.length()))).isFalse();
        assertThat(HeaderDate.isReadable(part.repeat(190 / part.length()))).isFalse();
    }
}
