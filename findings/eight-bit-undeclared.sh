#!/usr/bin/env bash
# Angus Mail 2.0.5 (mail.smtp.allow8bitmime) and PHPMailer 6.6.3 (Debian 12): 8-bit bodies without BODY=8BITMIME.
#
# Angus turns quoted-printable parts into 8bit because the server offers 8BITMIME, and then doesn't say BODY=8BITMIME, as RFC 6152
# §3 asks. PHPMailer labels text 8bit by default and never asks what is offered. Seen:
#
#     MAIL FROM:<jan@dupont.example>
#     Content-Transfer-Encoding: 8bit
#     Good day, Caf\xc3\xa9!
#
# curl, swaks, msmtp, ssmtp, nullmailer, dma and Python's smtplib do the same with such letters. So a relay learns from the octets
# alone whether a letter is 8-bit, in both directions: Go's net/smtp says BODY=8BITMIME for every letter.
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
        properties.put("mail.smtp.allow8bitmime", words[1]);
        var message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("jan@dupont.example");
        message.setRecipients(Message.RecipientType.TO, "client@example.com");
        message.setText("Good day, Caf\u00e9!\n", "UTF-8");
        Transport.send(message);
    }
}
JAVA
sink angus 'ehlo=8BITMIME;SMTPUTF8'
java Send.java "$port" true
seen angus 'Content-Transfer-Encoding: 8bit'
seen angus 'Caf\xc3\xa9'
unseen angus 'BODY='
debian libphp-phpmailer 6.6.3
command -v php >/dev/null || { echo 'php-cli is not installed: Angus only'; exit 0; }
cat >send.php <<'PHP'
<?php
foreach (['PHPMailer', 'SMTP', 'Exception'] as $class) require "root/usr/share/php/libphp-phpmailer/src/$class.php";
$mail = new PHPMailer\PHPMailer\PHPMailer(true);
$mail->isSMTP(); $mail->Host = '127.0.0.1'; $mail->Port = (int) $argv[1]; $mail->CharSet = 'utf-8';
$mail->setFrom('jan@dupont.example'); $mail->addAddress('client@example.com'); $mail->Subject = 'x'; $mail->Body = "Good day, Café!\n";
$mail->send();
PHP
sink phpmailer
php -d error_reporting=0 send.php "$port"
seen phpmailer 'Content-Transfer-Encoding: 8bit'
seen phpmailer 'Caf\xc3\xa9'
unseen phpmailer 'BODY='
echo 'as stated: 8bit, without BODY=8BITMIME'
