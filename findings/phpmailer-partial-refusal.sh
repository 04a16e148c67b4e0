#!/usr/bin/env bash
# PHPMailer 6.6.3 (Debian 12): one refused recipient is an exception, and the letter has left for the others all the same.
#
# Three recipients, the second refused with 550 at RCPT. PHPMailer goes on to DATA for the other two, gets 250, and then throws
#
#     SMTP Error: The following recipients failed: refused@example.com: no such user
#
# as if nothing had been sent. An app that catches it and sends again (a job queue does by itself) sends the two a second copy each
# time. Its peers: symfony/mailer, Angus, Go, curl, msmtp, mutt, s-nail, ssmtp and nullmailer send to none then; nodemailer, Python
# and swaks send to two and report success, with the refused one in the result. A relay that takes recipients at RCPT and reports
# what its upstream refuses by a bounce, as facteur does, doesn't meet this.
source "$(dirname "$0")/lib.sh"
command -v php >/dev/null || { echo 'needs php (Debian: php-cli)'; exit 69; }
debian libphp-phpmailer 6.6.3
cat >send.php <<'PHP'
<?php
foreach (['PHPMailer', 'SMTP', 'Exception'] as $class) require "root/usr/share/php/libphp-phpmailer/src/$class.php";
$mail = new PHPMailer\PHPMailer\PHPMailer(true);
$mail->isSMTP(); $mail->Host = '127.0.0.1'; $mail->Port = (int) $argv[1];
$mail->setFrom('jan@dupont.example');
foreach (['client', 'refused', 'other'] as $name) $mail->addAddress("$name@example.com");
$mail->Subject = 'Your invoice'; $mail->Body = 'Good day!';
try { $mail->send(); echo "sent\n"; } catch (Exception $refused) { echo get_class($refused), ': ', $refused->getMessage(), "\n"; }
PHP
sink wire refuse=refused
php -d error_reporting=0 send.php "$port" >said
seen said 'SMTP Error: The following recipients failed: refused@example.com'
unseen said 'sent'
seen wire 'Good day!'
seen wire '.\r\n'
seen wire 'QUIT'
echo 'as stated: an exception for a letter that was taken'
