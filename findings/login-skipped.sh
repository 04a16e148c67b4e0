#!/usr/bin/env bash
# curl 7.88.1 (Debian 12) and Angus Mail 2.0.5: a login that isn't offered is left out, and the letter goes without.
#
# Both are given login and password, and "authenticate". When EHLO offers no AUTH, or only the old form `AUTH=PLAIN LOGIN`
# (Angus doesn't read it; nodemailer, Python, symfony/mailer and s-nail do), both go on with MAIL, and report success:
#
#     curl -u suite:sesame …            EHLO, MAIL, RCPT, DATA    exit status 0
#     mail.smtp.auth=true, Transport.send   EHLO, MAIL, RCPT, DATA    no exception
#
# PHPMailer, Go and nullmailer refuse then. A relay that knows apps by network as well as by login sees the letter as that of the
# network's app, and nothing tells the app: check on the relay's side (facteur: `with ESMTPSA` in Received, `app` in the journal).
source "$(dirname "$0")/lib.sh"
debian curl 7.88.1 libcurl4 7.88.1
maven org.eclipse.angus:angus-mail:2.0.5
cat >Send.java <<'JAVA'
import jakarta.mail.*;
import jakarta.mail.internet.*;
import java.util.Properties;

class Send {
    public static void main(String[] port) throws Exception {
        var properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", port[0]);
        properties.put("mail.smtp.auth", "true");
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("jan@dupont.example");
        message.setRecipients(Message.RecipientType.TO, "client@example.com");
        message.setText("Good day!");
        Transport.send(message, "suite", "sesame");
        System.out.println("sent");
    }
}
JAVA
printf 'Subject: x\r\n\r\nGood day!\r\n' >letter
for offers in '' 'AUTH=PLAIN LOGIN'; do
    sink wire "ehlo=SIZE 1000000;$offers"
    : >wire
    java Send.java "$port" >said
    seen said sent
    seen wire DATA
    unseen wire 'AUTH '
done
sink plain
LD_LIBRARY_PATH=$work/root/usr/lib/$(uname -m)-linux-gnu root/usr/bin/curl -sS "smtp://127.0.0.1:$port/app.example" -u suite:sesame \
    --mail-from jan@dupont.example --mail-rcpt client@example.com -T letter
seen plain DATA
unseen plain 'AUTH '
sink offered 'ehlo=AUTH PLAIN'
java Send.java "$port" >said 2>&1 || true
seen offered 'AUTH PLAIN'
echo 'as stated: letters without login'
