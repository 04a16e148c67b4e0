#!/usr/bin/env bash
# OpenSMTPD 6.8.0p2 (Debian 12): its bounce is no multipart/report, and the part called headers holds the body.
#
# One of two recipients is refused by the next host. The bounce that goes to the sender has
#
#     Content-Type: multipart/mixed;boundary="…"        not multipart/report; report-type=delivery-status (RFC 6522 §3)
#     Content-Type: message/delivery-status             with Status: 5.0.0, regardless of the host's reply, and no Diagnostic-Code
#     Content-Type: text/rfc822-headers                 and in it the whole letter, body included
#
# In that copy a line that begins with a dot has lost it (".dots" became "dots"). A reader of bounces that looks at the type of the
# whole, as many do, files it as a letter: look for a part message/delivery-status instead. No Auto-Submitted either (RFC 3834 §5).
source "$(dirname "$0")/lib.sh"
debian opensmtpd 6.8.0p2 libevent-2.1-7 2.1
sink wire 'refuse=refused' 'ehlo=ENHANCEDSTATUSCODES'
cat >serve.sh <<'SH'
mkdir -p /var/lib/opensmtpd/empty
chmod 711 /var/spool /var/lib/opensmtpd
cat >/etc/smtpd.conf <<CONF
listen on 127.0.0.1 port $2 hostname app.example
listen on socket
action out relay host smtp+notls://127.0.0.1:$1 helo app.example
match from any for any action out
CONF
exec smtpd -d -f /etc/smtpd.conf
SH
own=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
apart opensmtpd opensmtpq -- bash "$work/serve.sh" "$port" "$own" >log 2>&1 &
pids+=($!)
python3 - "$own" <<'PY'
import smtplib, sys, time
for _ in range(100):
    try:
        smtp = smtplib.SMTP("127.0.0.1", int(sys.argv[1]), "laptop.example", timeout=20)
        break
    except OSError:
        time.sleep(0.1)
smtp.sendmail("jan@dupont.example", ["client@example.com", "refused@example.com"], "Subject: x\r\n\r\nGood day!\r\n.dots\r\n")
smtp.quit()
PY
for _ in $(seq 200); do grep -q 'RCPT TO:<jan@dupont.example>' wire && grep -q '^--.*--' wire && break; sleep 0.1; done
sed -n '/^MAIL FROM:<>/,$p' wire >report
seen report 'Content-Type: multipart/mixed;boundary='
seen report 'Content-Type: message/delivery-status'
seen report 'Status: 5.0.0'
unseen report 'multipart/report'
unseen report 'Diagnostic-Code'
unseen report 'Auto-Submitted'
sed -n '/text\/rfc822-headers/,$p' report >part
seen part 'Good day!'
grep -q '^dots' part || { cat part; exit 1; }
echo 'as stated: multipart/mixed, a body among the headers'
