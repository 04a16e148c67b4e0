#!/usr/bin/env bash
# Angus Mail 2.0.5: one address, in two charsets. The envelope has it in ISO-8859-1, the header in UTF-8.
#
# Without `mail.mime.allowutf8` an address beyond US-ASCII isn't refused. SMTPTransport writes each char's low octet:
#
#     RCPT TO:<jan\xe9@example.com>           one octet: not UTF-8, not SMTPUTF8, no A-label
#     RCPT TO:<client@fa\xdf.example>         nor for the domain
#     To: jan\xc3\xa9@example.com             the header
#
# A relay that wants UTF-8 in commands can only refuse it (RFC 6531 §3.3), and has no charset to guess by. With
# `mail.mime.allowutf8=true` SMTPUTF8 is said in MAIL, for letters that don't need it too.
source "$(dirname "$0")/lib.sh"
maven org.eclipse.angus:angus-mail:2.0.5
cat >Send.java <<'JAVA'
import jakarta.mail.*;
import jakarta.mail.internet.*;
import java.util.Properties;

class Send {
    public static void main(String[] words) throws Exception {
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", words[0]);
        properties.put("mail.mime.allowutf8", words[1]);
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("jan@dupont.example");
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(words[2]));
        message.setText("Good day!");
        Transport.send(message);
    }
}
JAVA
sink wire 'ehlo=8BITMIME;SMTPUTF8'
for address in 'jan\u00e9@example.com' 'client@fa\u00df.example'; do
    java -Dfile.encoding=UTF-8 -Dsun.jnu.encoding=UTF-8 Send.java "$port" false "$(printf '%b' "$address")"
done
seen wire 'RCPT TO:<jan\xe9@example.com>'
seen wire 'To: jan\xc3\xa9@example.com'
seen wire 'RCPT TO:<client@fa\xdf.example>'
unseen wire 'SMTPUTF8'
java Send.java "$port" true client@example.com
seen wire 'MAIL FROM:<jan@dupont.example> SMTPUTF8'
echo 'as stated: RCPT TO:<jan\xe9@example.com>, and To: in UTF-8'
