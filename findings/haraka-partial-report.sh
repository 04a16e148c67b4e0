#!/usr/bin/env bash
# Haraka 3.3.4 (npm): when the next host refuses some of a letter's recipients, the report to the sender says neither that nor why.
#
# One of two recipients is answered 550 5.1.1. In the report, with the templates that Haraka comes with, the group about it is
#
#     Final-Recipient: rfc822;refused@example.com
#
# and nothing else: no Action and no Status, which RFC 3464 §2.3 asks for, and no Diagnostic-Code; the text says "Some recipients
# failed". When all recipients are refused, the three fields are there. A reader of bounces that waits for Action: failed takes the
# letter for delivered.
source "$(dirname "$0")/lib.sh"
npm install --prefix "$work" --no-audit --no-fund --silent --omit=optional Haraka@3.3.4 >npm.log 2>&1 || { cat npm.log; exit 69; }
sink wire 'refuse=refused' 'ehlo=ENHANCEDSTATUSCODES'
own=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
timeout 60 node node_modules/Haraka/bin/haraka -i "$work/haraka" >init.log 2>&1 || { cat init.log; exit 69; }
mkdir -p haraka/plugins
cp node_modules/Haraka/config/outbound.bounce_message* haraka/config
printf 'listen=127.0.0.1:%s\nnodes=0\n' "$own" >haraka/config/smtp.ini
echo haraka.example >haraka/config/me
echo next >haraka/config/plugins
cat >haraka/plugins/next.js <<JS
exports.hook_connect = function (next, connection) { connection.relaying = true; next() }
exports.hook_mail = function (next) { next(OK) }
exports.hook_rcpt = function (next) { next(OK) }
exports.hook_get_mx = function (next) { next(OK, { priority: 0, exchange: '127.0.0.1', port: $port }) }
JS
node node_modules/Haraka/bin/haraka -c haraka >log 2>&1 &
pids+=($!)
cat >send.py <<'PY'
import smtplib, sys, time
for _ in range(200):
    try:
        smtp = smtplib.SMTP("127.0.0.1", int(sys.argv[1]), "laptop.example", timeout=20)
        break
    except OSError:
        time.sleep(0.1)
smtp.sendmail("jan@dupont.example", sys.argv[2:], "Subject: x\r\n\r\nGood day!\r\n")
smtp.quit()
PY
# report RECIPIENT...: what comes back for a letter to these, in the file report.
report() {
    : >wire
    python3 send.py "$own" "$@"
    for _ in $(seq 200); do grep -q 'RCPT TO:<jan@dupont.example>' wire && grep -q 'Undelivered Message Headers' wire && break; sleep 0.1; done
    sed -n '/^MAIL FROM:<>/,$p' wire >report
}
report refused@example.com client@example.com
seen report 'Final-Recipient: rfc822;refused@example.com'
seen report 'Some recipients failed'
unseen report 'Action:'
unseen report 'Status:'
unseen report 'no such user'
report refused@example.com
seen report 'Action: failed'
seen report 'Status: 5.1.1'
seen report 'Diagnostic-Code: smtp;550 5.1.1 no such user'
echo 'as stated: a recipient without Action and Status'
