package facteur.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "250 2.0.0 queued                        | 250 2.0.0 queued",
        "250 queued                              | 250 queued",
        "250                                     | 250",
        "'250 '                                  | 250",
        "550 5.7.1                               | 550 5.7.1",
        "250-2.1.5 one\\r\\n250 2.1.5 two        | 250 2.1.5 one two",
        "250-2.1.5 one\\n250 2.1.5 two\\n        | 250 2.1.5 one two",
        "250-one\\r\\n250                        | '250 one '",
        "250-PIPELINING\\r\\n250-\\r\\n250 SIZE  | 250 PIPELINING  SIZE",
        "550-no\\r\\n550 5.7.1 way               | 550 5.7.1 no way",
        "550 4.7.1 the class is the code's       | 550 5.7.1 the class is the code's",
        "550 5.7.1234 no status                  | 550 5.7.1234 no status",
        "550 6.7.1 no status                     | 550 6.7.1 no status",
        "550 5.7 no status                       | 550 5.7 no status",
        "354 go ahead                            | 354 go ahead",
        "354 2.0.0 go ahead                      | 354 2.0.0 go ahead"
    })
    void readsAReply(String wire, String text) {
        assertThat(Reply.parse(unescape(wire)).map(Reply::toString)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "\\r\\n",
        "hello",
        "25 ok",
        "2500 ok",
        "250ok",
        "250_ok",
        " 250 ok",
        "150 ok",
        "650 ok",
        "000 ok",
        "+50 ok",
        "٢٥٠ ok",
        "250-ok",
        "250-one\\r\\n",
        "250-one\\r\\ntwo",
        "250-one\\r\\n\\r\\n250 two",
        "250 one\\r\\n250 two",
        "250-one\\r\\n550 two",
        "250-one\\r550 two",
        "HTTP/1.1 400 Bad Request"
    })
    void refusesWhatIsNoReply(String wire) {
        assertThat(Reply.parse(unescape(wire))).isEmpty();
    }

    /// As octets of Windows-1252 they are an ellipsis; as Unicode, line ends.
    @ParameterizedTest
    @ValueSource(ints = {0x85, 0x2028, 0x2029, 0x0B, 0x0C})
    void aLineMayHoldWhatUnicodeTakesForALineEnd(int c) {
        assertThat(Reply.parse("550 5.1.1 wait" + Character.toString(c) + "what"))
                .hasValueSatisfying(reply -> assertThat(reply.code()).isEqualTo(550));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ok\r\n250 forged",
        "ok\n250 forged",
        "ok\r250 forged",
        "ok\u0085250 forged",
        "ok\u2028250 forged",
        "ok\0forged",
        "ok\u001b[2Jforged",
        "ok\u007fforged",
        "ok é forged",
        "ok \uD83D\uDE00 forged",
        "ok \uD83D forged"
    })
    void textCannotBreakOutOfItsLine(String text) {
        for (var reply : List.of(Reply.of(550, 7, 1, text), Reply.plain(550, text), Reply.plain(550, "first", text))) {
            assertThat(reply.wire().replace("\r\n", "").chars()).allMatch(c -> c >= ' ' && c < 127);
            assertThat(reply.wire().lines()).allMatch(line -> line.startsWith("550")).hasSize(reply.lines().size());
            assertThat(reply.toString().chars()).allMatch(c -> c >= ' ' && c < 127);
        }
    }

    @Test
    void writesTheOctetsOfTheWire() {
        assertThat(Reply.of(250, 0, 0, "ok").wire()).isEqualTo("250 2.0.0 ok");
        assertThat(Reply.plain(354, "go").wire()).isEqualTo("354 go");
        assertThat(Reply.plain(250, "host", "SIZE 10", "8BITMIME").wire()).isEqualTo("250-host\r\n250-SIZE 10\r\n250 8BITMIME");
        assertThat(new Reply(550, Optional.of(new EnhancedStatus(7, 1)), List.of("no", "way")).wire())
                .isEqualTo("550-5.7.1 no\r\n550 5.7.1 way");
        assertThat(Reply.plain(250).wire()).isEqualTo("250 ");
    }

    @Test
    void keepsLinesShortAndFew() {
        var reply = new Reply(
                550, Optional.of(new EnhancedStatus(999, 999)), Collections.nCopies(10_000, "é".repeat(100_000)));
        assertThat(reply.lines()).hasSize(50);
        assertThat(reply.wire().lines()).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 510);
    }

    @ParameterizedTest
    @CsvSource({"250, true, false, false", "299, true, false, false", "354, false, false, false", "421, false, true, false",
        "499, false, true, false", "550, false, false, true"})
    void knowsItsClass(int code, boolean positive, boolean temporary, boolean permanent) {
        var reply = Reply.plain(code, "x");
        assertThat(reply.isPositive()).isEqualTo(positive);
        assertThat(reply.isTransient()).isEqualTo(temporary);
        assertThat(reply.isPermanent()).isEqualTo(permanent);
    }

    @Test
    void takesTheClassOfTheStatusFromTheCode() {
        assertThat(Reply.of(452, 3, 1, "x").status()).isEqualTo("4.3.1");
        assertThat(Reply.of(552, 3, 1, "x").status()).isEqualTo("5.3.1");
        assertThat(Reply.plain(552, "x").status()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 199, 600, 2500})
    void refusesOtherCodes(int code) {
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.plain(code, "x"));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1", "1000, 0", "0, 1000"})
    void refusesOtherStatuses(int subject, int detail) {
        assertThatIllegalArgumentException().isThrownBy(() -> new EnhancedStatus(subject, detail));
    }

    @Test
    void aControlCharacterEndsTheStatusAsABlankDoes() {
        assertThat(Reply.parse("550 5.7.1\u001bno")).contains(Reply.of(550, 7, 1, "no"));
    }

    @Test
    void readsWhatItWrites() {
        for (var reply : List.of(
                Reply.of(250, 0, 0, "ok"),
                Reply.plain(220, "relay.example.org ESMTP"),
                Reply.plain(250, "one", "", "three"),
                new Reply(450, Optional.of(new EnhancedStatus(2, 1)), List.of("one", "two")))) {
            assertThat(Reply.parse(reply.wire())).contains(reply);
        }
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }
}
