package facteur.upstream;

import static facteur.upstream.Samples.HELLO;
import static facteur.upstream.Samples.ID;
import static facteur.upstream.Samples.message;
import static facteur.upstream.Samples.text;
import static facteur.upstream.Samples.to;
import static facteur.upstream.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.message.FileBody;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.OriginalRecipient;
import facteur.mail.smtp.ReturnContent;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.Xtext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureUpstreamTest {
    @TempDir
    Path temporary;

    @Test
    void keepsTheLetterByteForByte() throws IOException {
        var outcomes = capture(to("bob@x.example", "eve@x.example"), message("\u00e9\u0000.\r\n.\nno end"));

        assertThat(outcomes).hasSize(2).allMatch(outcome -> text(outcome).equals("Relayed 250 2.0.0 captured as " + ID + ".eml"));
        assertThat(Files.readAllBytes(file(".eml")))
                .isEqualTo("Subject: test\r\n\r\n\u00e9\u0000.\r\n.\nno end".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void keepsTheEnvelope() throws IOException {
        capture(with(to("bob@x.example", "\"a\\\"\\\\b\"@x.example", "zoë@x.example"), BodyType.EIGHT_BIT, HeaderEncoding.UTF8));

        assertThat(file(".json")).hasContent("""
                {
                  "id": "0123456789abcdef",
                  "reversePath": "app@office.example",
                  "recipients": [
                    "bob@x.example",
                    "\\"a\\\\\\"\\\\\\\\b\\"@x.example",
                    "zo\\u00eb@x.example"
                  ],
                  "body": "8BITMIME",
                  "smtputf8": true,
                  "ret": "",
                  "envid": "",
                  "notify": [
                    "",
                    "",
                    ""
                  ],
                  "orcpt": [
                    "",
                    "",
                    ""
                  ]
                }
                """);
    }

    @Test
    void keepsWhatWasSaidOfReports() throws IOException {
        var bob = new ForwardPath(
                Address.of("bob@x.example"), Notify.parse("NEVER"), Optional.of(OriginalRecipient.of("rfc822;bob+2Bold@x.example")));
        var dsn = new DsnRequest(Optional.of(ReturnContent.FULL), Xtext.parse("QQ+20314159"));
        capture(new Envelope(ReversePath.NULL, List.of(bob), BodyType.SEVEN_BIT, HeaderEncoding.ASCII, dsn));

        assertThat(Files.readString(file(".json"))).contains("""
                  "ret": "FULL",
                  "envid": "QQ+20314159",
                  "notify": [
                    "NEVER"
                  ],
                  "orcpt": [
                    "rfc822;bob+2Bold@x.example"
                  ]
                """);
    }

    @Test
    void writesAnEmptyReversePath() throws IOException {
        capture(new Envelope(
                ReversePath.NULL, List.of(Address.of("bob@x.example")), BodyType.SEVEN_BIT, HeaderEncoding.ASCII));

        assertThat(Files.readString(file(".json"))).contains("\"reversePath\": \"\"", "\"smtputf8\": false");
    }

    @Test
    void keepsLettersFromOtherEyes() throws IOException {
        capture(to("bob@x.example"));

        assertThat(permissions(folder())).isEqualTo("rwx------");
        assertThat(permissions(file(".eml"))).isEqualTo("rw-------");
        assertThat(permissions(file(".json"))).isEqualTo("rw-------");
    }

    @Test
    void overwritesAnEarlierAttempt() throws IOException {
        capture(to("bob@x.example"), message("first, and longer\r\n"));
        capture(to("bob@x.example"), message("second\r\n"));

        assertThat(Files.readString(file(".eml"))).endsWith("\r\n\r\nsecond\r\n");
        try (var files = Files.list(folder())) {
            assertThat(files).containsExactlyInAnyOrder(file(".eml"), file(".json"));
        }
    }

    @Test
    void leavesNothingOfAnAttemptThatWasCutShort() throws IOException {
        Files.createDirectory(folder());
        Files.writeString(file(".eml.new"), "From: jan@dupont.example\r\n");
        capture(to("bob@x.example"), message("again\r\n"));

        assertThat(Files.readString(file(".eml"))).endsWith("\r\n\r\nagain\r\n");
        try (var files = Files.list(folder())) {
            assertThat(files).containsExactlyInAnyOrder(file(".eml"), file(".json"));
        }
    }

    @Test
    void failsForNowWhenTheFolderCannotBeMade() throws IOException {
        Files.writeString(folder(), "a file in its place");

        assertThat(text(capture(to("bob@x.example"), HELLO).getFirst())).startsWith("TempFailed DATA");
    }

    @Test
    void failsForNowWhenTheBodyIsGone() {
        var gone = message("Subject: gone\r\n", new FileBody(temporary.resolve("gone"), 10));

        assertThat(text(capture(to("bob@x.example"), gone).getFirst())).startsWith("TempFailed DATA");
        assertThat(file(".eml")).doesNotExist();
    }

    private void capture(Envelope envelope) {
        assertThat(capture(envelope, HELLO)).allMatch(Outcome.Relayed.class::isInstance);
    }

    private List<Outcome> capture(Envelope envelope, facteur.mail.message.Message message) {
        try (var upstream = new CaptureUpstream("capture", folder())) {
            return upstream.relay(ID, envelope, message);
        }
    }

    private Path folder() {
        return temporary.resolve("captured");
    }

    private Path file(String suffix) {
        return folder().resolve(ID + suffix);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
