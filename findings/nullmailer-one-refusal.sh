#!/usr/bin/env bash
# nullmailer 2.2 (Debian 12): one refused recipient gives the whole letter back, for the others too.
#
# The queue sends a letter in one transaction and gives up at the first 5yz to RCPT, without DATA:
#
#     MAIL FROM:<jan@dupont.example>        250
#     RCPT TO:<client@example.com>          250
#     RCPT TO:<refused@example.com>         550
#     QUIT                                  "smtp: Failed: 550 …", exit status 35: permanent
#
# nullmailer-send then moves the letter to `failed` and bounces it. Where nullmailer is the machine's mailer (cron, daemons), a
# relay behind it that checks recipients at RCPT turns one wrong address in a list into a letter that none gets. It speaks HELO too,
# unless there is a login or TLS: it learns no SIZE, no 8BITMIME, no PIPELINING, and sends 8 bits and UTF-8 addresses undeclared.
source "$(dirname "$0")/lib.sh"
debian nullmailer 1:2.2
{
    printf '%s\n' jan@dupont.example client@example.com refused@example.com other@example.com ''
    printf 'Subject: Your invoice\n\nGood day!\n'
} >letter
sink wire refuse=refused 'ehlo=8BITMIME;PIPELINING'

send() {
    status=0
    printf 'host=127.0.0.1\nport=%s\n\n' "$port" | HELOHOST=app.example root/usr/lib/nullmailer/smtp 3<letter >said 2>&1 || status=$?
    echo "exit status $status" >>said
}
send
seen said 'Failed: 550 5.1.1 no such user'
seen said 'exit status 35'
seen wire 'HELO app.example'
seen wire 'RCPT TO:<refused@example.com>'
unseen wire 'RCPT TO:<other@example.com>'
unseen wire DATA
sed -i /refused/d letter
send
seen said 'exit status 0'
seen wire 'Good day!'
echo 'as stated: exit status 35, no DATA'
