package facteur.mail.returned;

import static facteur.mail.returned.Returns.read;
import static facteur.mail.returned.Returns.recipients;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.mail.message.FileBody;
import facteur.mail.message.Header;
import facteur.mail.message.Message;
import facteur.mail.returned.ReturnedMail.Report;
import facteur.mail.returned.ReturnedMail.Unreadable;
import facteur.mail.smtp.ReversePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever comes, there is a decision, soon, and in little memory.
@Timeout(20)
final class HostileReturnsTest {
    private static final String HEADER = "From: MAILER-DAEMON\nContent-Type: multipart/report; boundary=b\n\n";
    private static final String STATUS = "--b\nContent-Type: message/delivery-status\n\n";
    private static final String GROUP = "Final-Recipient: rfc822; client@example.com\nAction: failed\nStatus: 5.1.1\n";
    private static final int LARGE = 400_000;

    private static String group(int number) {
        return GROUP.replace("client", "client" + number) + "Diagnostic-Code: smtp; 550 " + "x".repeat(300) + "\n\n";
    }

    @Test
    void ofTenThousandRecipientsAThousandAreRead() {
        var groups = IntStream.range(0, 10_000).mapToObj(HostileReturnsTest::group).collect(Collectors.joining());
        assertThat(recipients(HEADER + STATUS + groups)).hasSize(ReturnedMailReader.RECIPIENTS);
        var base64 = Base64.getMimeEncoder().encodeToString(groups.getBytes(US_ASCII));
        assertThat(recipients(HEADER + STATUS.replace("\n\n", "\nContent-Transfer-Encoding: base64\n\n") + base64))
                .hasSize(ReturnedMailReader.RECIPIENTS);
        var list = IntStream.range(0, 10_000).mapToObj(number -> "c" + number + "@example.com").collect(Collectors.joining(",\n "));
        assertThat(read("X-Failed-Recipients: " + list + "\n\n"))
                .isInstanceOfSatisfying(Unreadable.class, mail -> assertThat(mail.recipients()).hasSize(ReturnedMailReader.RECIPIENTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Diagnostic-Code: smtp; ", "X: ", "x", "Diagnostic-Code: smtp; 550 =?utf-8?q?", "Status: 5.", "Remote-MTA: dns; ((("})
    void aLineOfAMegabyteHidesNoOther(String line) {
        var letter = HEADER + STATUS + "Final-Recipient: rfc822; client@example.com\n" + line + "1".repeat(1_000_000)
                + "\nAction: failed\nStatus: 5.1.1\n";
        assertThat(recipients(letter))
                .singleElement()
                .satisfies(recipient -> assertThat(recipient.recipient()).isEqualTo("client@example.com"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Final-Recipient: rfc822; ", "Original-Recipient: rfc822; <", "Final-Recipient: "})
    void anAddressOfAMegabyteIsNone(String field) {
        assertThat(read(HEADER + STATUS + field + "a".repeat(1_000_000) + "@example.com\nAction: failed\n")).isInstanceOf(Unreadable.class);
    }

    @Test
    void reportsInEachOtherAreReadToADepth() {
        assertThat(read(nested(20))).isInstanceOf(Report.class);
        assertThat(read(nested(5000))).isInstanceOf(Unreadable.class);
    }

    private static String nested(int depth) {
        var open = IntStream.range(0, depth)
                .mapToObj(level -> "--b" + level + "\nContent-Type: multipart/report; boundary=b" + (level + 1) + "\n\n")
                .collect(Collectors.joining());
        return "From: MAILER-DAEMON\nContent-Type: multipart/report; boundary=b0\n\n" + open + STATUS.replace("--b", "--b" + depth) + GROUP;
    }

    /// What a letter may be filled with, again and again: none of it takes more time than its length.
    @ParameterizedTest
    @ValueSource(strings = {
        "--b\n\n",
        "--b\nContent-Type: text/html\n\n<\n",
        "--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n",
        "--b\nContent-Type: multipart/mixed; boundary=b\n\n",
        "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n--b\n",
        "\n \t",
        "--\nContent-\n",
        "a: b\n",
        " =\n",
        "Final-Recipient: x\n",
        "Final-Recipient: rfc822;<\n",
        "=?utf-8?q?=",
        "\r",
        "\r\n",
        "<p>&amp;",
        "(",
        "\\",
        "\0"
    })
    void muchOfAnythingIsReadSoon(String piece) {
        for (var prefix : new String[] {"", STATUS, STATUS.replace("delivery", "global-delivery"), "--b\nContent-Type: text/html\n\n",
            "--b\nContent-Type: "}) {
            var letter = HEADER.replace("\n", "\r\n") + prefix + piece.repeat(LARGE / piece.length());
            assertThat(Returns.readOctets("<>", letter.getBytes(US_ASCII))).isInstanceOfAny(Unreadable.class, Report.class);
        }
    }

    @Test
    void aBodyWhoseFileIsGoneIsNoBounceButAFault(@TempDir Path folder) {
        var message = new Message(Header.parse(new byte[0]), new FileBody(folder.resolve("gone"), 1));
        assertThatThrownBy(() -> ReturnedMailReader.read(ReversePath.NULL, message)).isInstanceOf(IOException.class);
    }
}
