<?php
// Sends a letter, and again while there is no answer: php again.php PORT
require '/usr/share/php/libphp-phpmailer/autoload.php';

$mail = new PHPMailer\PHPMailer\PHPMailer(true);
$mail->isSMTP();
$mail->Host = '127.0.0.1';
$mail->Port = (int) $argv[1];
$mail->setFrom('jan@dupont.example');
$mail->addAddress('client@example.com');
$mail->Subject = 'Your invoice';
$mail->Body = "Good day!\n";
$mail->addStringAttachment(str_repeat('x', 5000), 'invoice.pdf');
$mail->addCustomHeader('X-Letter-Key', 'invoice-2026-1187');
for ($seconds = 1; ; $seconds *= 2) {
    $mail->Timeout = $seconds;
    $mail->getSMTPInstance()->Timelimit = $seconds;
    try {
        $mail->send();
        exit(0);
    } catch (PHPMailer\PHPMailer\Exception $failure) {
        $code = (int) ($mail->getSMTPInstance()->getError()['smtp_code'] ?? 0);
        if ($code >= 500) {
            echo $failure->getMessage();
            exit(1);
        }
        $mail->smtpClose();
    }
}
