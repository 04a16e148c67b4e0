<?php
// Sends a letter, and again while there is no answer: php again.php PORT
require '/usr/share/php/libphp-phpmailer/autoload.php';

function send($port, $seconds) {
    $mail = new PHPMailer\PHPMailer\PHPMailer(true);
    $mail->isSMTP();
    $mail->Host = '127.0.0.1';
    $mail->Port = (int) $port;
    $mail->Timeout = $seconds;
    $mail->getSMTPInstance()->Timelimit = $seconds;
    $mail->setFrom('jan@dupont.example');
    $mail->addAddress('client@example.com');
    $mail->Subject = 'Your invoice';
    $mail->Body = "Good day!\n";
    $mail->addStringAttachment(str_repeat('x', 5000), 'invoice.pdf');
    $mail->addCustomHeader('X-Letter-Key', 'invoice-2026-1187');
    $mail->send();
}

for ($seconds = 1; ; $seconds *= 2) {
    try {
        send($argv[1], $seconds);
        exit(0);
    } catch (PHPMailer\PHPMailer\Exception $error) {
        if (str_contains($error->getMessage(), '550')) {
            echo $error->getMessage();
            exit(1);
        }
    }
}
