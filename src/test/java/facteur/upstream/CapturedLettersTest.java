package facteur.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CapturedLettersTest {
    private static final String ZOE = "zoe@client.example";

    @TempDir
    Path folder;

    private void captured(String stem, String envelope, String letter) throws IOException {
        Files.writeString(folder.resolve(stem + ".json"), envelope);
        Files.writeString(folder.resolve(stem + ".eml"), letter);
    }

    @Test
    void findsALetterByEnvelopeAndHeader() throws Exception {
        captured("1", "{\"recipients\":[\"zo\\u0065@client.example\"]}", "To: x\r\n\r\n");
        captured("2", "{}", "Cc: " + ZOE + "\r\n\r\n");
        captured("3", "{}", "Content-Type: multipart/mixed\r\n\r\n" + ZOE + "\r\n");
        assertThat(new CapturedLetters(folder).with(text -> text.contains(ZOE))).containsExactlyInAnyOrder("1", "2");
    }

    /// It goes to the app, and is about those who didn't get the letter.
    @Test
    void findsAReportByWhomItIsAbout() throws Exception {
        captured("1", "{}", "Content-Type: Multipart/Report;\r\n boundary=x\r\n\r\n--x\r\n\r\nFinal-Recipient: rfc822; " + ZOE + "\r\n");
        captured("2", "{}", "X-Content-Type: multipart/report\r\n\r\n" + ZOE + "\r\n");
        assertThat(new CapturedLetters(folder).with(text -> text.contains(ZOE))).containsExactly("1");
    }
}
