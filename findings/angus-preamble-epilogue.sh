#!/usr/bin/env bash
# Angus Mail 2.0.5 (Maven): a letter whose parts were looked at, and whose header was changed, loses what stands behind its parts.
#
# MimeMessage.writeTo gives the letter back as it came. But once getContent() has been called and the number of parts asked for,
# saveChanges(), which setHeader() needs, rewrites the body: what follows the end boundary is lost, as is an empty line before the
# first one, and Message-ID is a new one although there was one. Seen:
#
#     setHeader, saveChanges                         the body as it came; Message-ID: <1073502961.0.1…@host>
#     getContent, getCount, setHeader, saveChanges   the same without "-- list footer"
#
# A gateway that adds a field breaks the DKIM signature of the body so, and only of letters that it looked into; replies refer to
# another Message-ID than the sender's. Change the raw header instead.
source "$(dirname "$0")/lib.sh"
maven org.eclipse.angus:angus-mail:2.0.5
cat >Change.java <<'JAVA'
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

class Change {
    static final String LETTER = String.join("\r\n", "From: jan@dupont.example", "Message-ID: <1@dupont.example>", "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=b", "", "for old programs", "--b", "", "Good day!", "--b--", "-- list footer", "");

    public static void main(String[] words) throws Exception {
        var message = new MimeMessage(
                Session.getInstance(new Properties()), new ByteArrayInputStream(LETTER.getBytes(StandardCharsets.US_ASCII)));
        if (words[0].equals("looked-at")) {
            ((Multipart) message.getContent()).getCount();
        }
        if (!words[0].equals("untouched")) {
            message.setHeader("X-Seen", "yes");
            message.saveChanges();
        }
        message.writeTo(System.out);
    }
}
JAVA
java Change.java untouched >untouched
seen untouched 'Message-ID: <1@dupont.example>'
seen untouched '-- list footer'
java Change.java header >header
seen header '-- list footer'
unseen header 'Message-ID: <1@dupont.example>'
java Change.java looked-at >looked-at
seen looked-at 'Good day!'
unseen looked-at '-- list footer'
echo 'as stated: what stood behind the parts is lost'
