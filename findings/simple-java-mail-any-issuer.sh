#!/usr/bin/env bash
# Simple Java Mail 8.12.6 (Maven): "TLS required" takes a certificate of any issuer, by default.
#
# TransportStrategy.SMTP_TLS makes STARTTLS a must, but the builder's default is to trust every host (`trustingAllHosts`): a server
# with a certificate that it made itself is believed, without a word. Angus Mail below, with `mail.smtp.starttls.required`, refuses
# the same server ("unable to find valid certification path"). Seen:
#
#     default                    sent
#     trustingAllHosts(false)    PKIX path building failed
#
# Who points an app at a relay by it has encryption, and no proof whose relay it is; a wrong certificate isn't noticed in tests.
# `.trustingAllHosts(false)` and a trust store, or `withCustomSSLFactoryInstance`, bring the check back.
source "$(dirname "$0")/lib.sh"
maven org.simplejavamail:simple-java-mail:8.12.6
openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out certificate -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
cat key certificate >pem
cat >Send.java <<'JAVA'
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

class Send {
    public static void main(String[] words) {
        var builder = MailerBuilder.withSMTPServer("localhost", Integer.parseInt(words[0])).withTransportStrategy(TransportStrategy.SMTP_TLS);
        var mailer = (words.length == 1 ? builder : builder.trustingAllHosts(false)).buildMailer();
        try {
            mailer.sendMail(EmailBuilder.startingBlank().from("jan@dupont.example").to("client@example.com")
                    .withSubject("x").withPlainText("Good day!").buildEmail()).join();
            System.out.println("sent");
        } catch (Exception refused) {
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                System.out.println(cause.getMessage());
            }
        }
        System.exit(0);
    }
}
JAVA
sink wire ehlo=STARTTLS tls=pem
java Send.java "$port" >said 2>/dev/null
seen said sent
seen wire 'Good day!'
sink checked ehlo=STARTTLS tls=pem
java Send.java "$port" false >said 2>/dev/null
seen said 'PKIX path building failed'
unseen said sent
unseen checked MAIL
echo 'as stated: sent to a server with a certificate of its own'
