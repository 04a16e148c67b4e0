#!/usr/bin/env bash
# More rows of src/docs/peers.md that have no finding and no test of their own, in the form of rows.sh: Debian 12's symfony/mailer,
# ruby-mail, Go and Dovecot's submission server as clients, and npm's Haraka as a server. Checks what the table says of them most shortly.
source "$(dirname "$0")/lib.sh"
for each in php ruby npm; do command -v "$each" >/dev/null || { echo "needs $each"; exit 69; }; done
offers='ehlo=8BITMIME;SMTPUTF8;SIZE 1000000;CHUNKING;DSN;AUTH PLAIN'

debian php-symfony-mailer 5.4.53 php-symfony-mime 5.4.53 php-email-validator 3.2 php-psr-log 1.1
debian php-doctrine-lexer 2.1 php-doctrine-deprecations 1.0
cat >send.php <<'PHP'
<?php
spl_autoload_register(fn($class) => is_file($file = 'root/usr/share/php/' . strtr($class, '\\', '/') . '.php') && require $file);
use Symfony\Component\Mime\{Address, Email};
$email = (new Email())->from(new Address('jan@dupont.example', 'Café 12'))->to('jané@example.com')->subject('Café 12');
$email->text("Good day, Café!\r\n.\r\nBye\r\n")->getHeaders()->addTextHeader('X-Context', 'Café 12');
(new Symfony\Component\Mailer\Transport\Smtp\EsmtpTransport('127.0.0.1', (int) $argv[1]))->send($email);
PHP
sink symfony "$offers"
php send.php "$port"
seen symfony 'EHLO [127.0.0.1]'
seen symfony 'MAIL FROM:<jan@dupont.example>\r\n'
seen symfony 'RCPT TO:<jan\xc3\xa9@example.com>\r\n'
seen symfony 'From: =?utf-8?Q?Caf=C3=A9?= 12 <'
seen symfony 'X-Context: =?utf-8?Q?Caf=C3=A9?= 12'
seen symfony 'Good day, Caf=C3=A9!'
paste -sd' ' symfony >symfony.end
seen symfony.end 'Bye\r\n \r\n .\r\n'

debian ruby-mail 2.7.1 ruby-mini-mime 1.1.1
cat >send.rb <<'RUBY'
require 'mail'
["Good day, Café!\nBye\n", "Good day!\n.\nBye\n"].each do |body|
  mail = Mail.new(from: 'Café 12 <jan@dupont.example>', to: 'client@example.com', subject: 'Café 12', body: body, charset: 'UTF-8')
  mail['X-Context'] = 'Café 12'
  mail.delivery_method :smtp, address: '127.0.0.1', port: ARGV[0].to_i
  mail.deliver!
end
RUBY
sink ruby "$offers"
ruby -I root/usr/lib/ruby/vendor_ruby -I root/usr/share/rubygems-integration/all/gems/mini_mime-1.1.1/lib send.rb "$port"
seen ruby 'EHLO localhost.localdomain'
seen ruby 'MAIL FROM:<jan@dupont.example>\r\n'
seen ruby 'X-Context: =?UTF-8?Q?Caf=C3=A9_12?='
seen ruby 'Good day, Caf=C3=A9!=0D\r\n'
seen ruby '...\r\n'

debian golang-1.19-go 1.19.8 golang-1.19-src 1.19.8
cat >send.go <<'GO'
package main

import (
	"net/smtp"
	"os"
)

func main() {
	letter := []byte("X-Context: Café 12\n\nGood day!\n.\nBye\n")
	if err := smtp.SendMail("127.0.0.1:"+os.Args[1], nil, "jan@dupont.example", []string{"client@example.com"}, letter); err != nil {
		panic(err)
	}
}
GO
export GOROOT=$work/root/usr/lib/go-1.19 GOCACHE=$work/cache GOPATH=$work/go GOENV=off GOFLAGS='' GO111MODULE=off CGO_ENABLED=0
"$GOROOT/bin/go" build -p 1 -o send send.go
sink go "$offers"
./send "$port"
seen go 'EHLO localhost\r\n'
seen go 'MAIL FROM:<jan@dupont.example> BODY=8BITMIME SMTPUTF8\r\n'
seen go 'X-Context: Caf\xc3\xa9 12\r\n'
sink go-plain
./send "$port"
seen go-plain 'MAIL FROM:<jan@dupont.example>\r\n'

free() { python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
# says PORT LOGIN COMMAND...: prints what a server replies to EHLO, to these and to a letter.
says() {
    python3 - "$@" <<'PY'
import smtplib, sys, time
for _ in range(300):
    try:
        smtp = smtplib.SMTP("127.0.0.1", int(sys.argv[1]), "laptop.example", timeout=20)
        break
    except OSError:
        time.sleep(0.1)
if sys.argv[2]:
    smtp.login(sys.argv[2], "secret")
print(smtp.ehlo()[1].decode())
for command in sys.argv[3:]:
    print(command, smtp.docmd(command))
print("letter", smtp.data("X-Context: Café 12\r\n\r\nCafé\r\n".encode()))
smtp.quit()
PY
}

debian dovecot-core 1:2.3.19 dovecot-submissiond 1:2.3.19 libsodium23 1.0 libunwind8 1.6
sink dovecot "$offers"
own=$(free)
cat >dovecot.sh <<SH
cat >/etc/dovecot.conf <<'CONF'
protocols = submission
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
log_path = /dev/stderr
hostname = app.example
mail_location = maildir:/var/tmp/mail
submission_relay_host = 127.0.0.1
submission_relay_port = $port
submission_relay_trusted = yes
service submission-login {
  inet_listener submission {
    port = $own
  }
}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=vmail gid=vmail home=/var/tmp/mail
}
CONF
mkdir -p /var/tmp/mail && chown vmail:vmail /var/tmp/mail
exec dovecot -F -c /etc/dovecot.conf
SH
apart dovecot dovenull vmail -- bash "$work/dovecot.sh" 2>dovecot.log &
pids+=($!)
says "$own" jan 'MAIL FROM:<jan@dupont.example>' RSET 'MAIL FROM:<> SIZE=29 RET=HDRS ENVID=x' \
    'RCPT TO:<an@example.com>' >dovecot.said || { cat dovecot.log; exit 1; }
for word in 8BITMIME CHUNKING DSN 'SIZE 998976' 'letter (250, '; do seen dovecot.said "$word"; done
unseen dovecot.said SMTPUTF8
seen dovecot 'EHLO app.example'
seen dovecot 'MAIL FROM:<jan@dupont.example> AUTH=jan\r\n'
seen dovecot 'MAIL FROM:<> AUTH=jan ENVID=x RET=HDRS SIZE=1053\r\n'
seen dovecot ' LAST\r\n'
seen dovecot '\r\nX-Context: Caf\xc3\xa9 12\r\n\r\nCaf\xc3\xa9\r\n'
unseen dovecot Message-I

npm install --prefix "$work" --no-audit --no-fund --silent --omit=optional Haraka@3.3.4 >npm.log 2>&1 || { cat npm.log; exit 69; }
node node_modules/Haraka/bin/haraka -i haraka >/dev/null
own=$(free)
printf 'listen=127.0.0.1:%s\nnodes=0\n' "$own" >haraka/config/smtp.ini
printf 'dupont.example\n' >haraka/config/host_list
printf 'rcpt_to.in_host_list\nqueue/discard\n' >haraka/config/plugins
YES_REALLY_DO_DISCARD=1 node node_modules/Haraka/bin/haraka -c haraka >haraka.log 2>&1 &
pids+=($!)
says "$own" '' 'MAIL FROM:<> SIZE=99999999' 'MAIL FROM:<>' 'RCPT TO:<an@dupont.example>' >haraka.said || { cat haraka.log; exit 1; }
for word in PIPELINING 8BITMIME SMTPUTF8 SIZE; do seen haraka.said "$word"; done
unseen haraka.said DSN
seen haraka.said 'SIZE=99999999 (550, '
seen haraka.said 'MAIL FROM:<> (250, '
seen haraka.said "letter (250, b'Message Queued ("
echo 'as the table says'
