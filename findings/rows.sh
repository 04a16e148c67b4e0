#!/usr/bin/env bash
# Rows of src/docs/peers.md that no finding of their own checks: Debian 12's ssmtp, msmtp, swaks, HAProxy and Exim as clients, npm's
# smtp-server and Debian's aiosmtpd as servers. Checks the main points of each row.
source "$(dirname "$0")/lib.sh"
letter() { printf 'From: Caf\303\251 12 <jan@dupont.example>\nSubject: x\nX-Context: Caf\303\251 12\n\nGood day, Caf\303\251!\n'; }
letter >letter

debian ssmtp 2.64 swaks 20201014.0 msmtp 1.8.23
sink ssmtp 'ehlo=8BITMIME;SMTPUTF8'
printf 'mailhub=127.0.0.1:%s\nhostname=app.example\nFromLineOverride=YES\n' "$port" >ssmtp.conf
root/usr/sbin/ssmtp -C ssmtp.conf client@example.com <letter
seen ssmtp 'HELO app.example'
seen ssmtp 'X-Context: Caf\xc3\xa9 12'
seen ssmtp 'Date: '
unseen ssmtp 'Message-I'
sink msmtp 'ehlo=8BITMIME;SMTPUTF8'
LD_LIBRARY_PATH=$work/root/usr/lib/$(uname -m)-linux-gnu root/usr/bin/msmtp -C /dev/null --host=127.0.0.1 "--port=$port" -f jan@dupont.example jané@faß.example <letter
seen msmtp 'EHLO localhost'
seen msmtp 'RCPT TO:<jan\xc3\xa9@fa\xc3\x9f.example>'
unseen msmtp BODY=
unseen msmtp ' SMTPUTF8'
sink swaks refuse=refused
root/usr/bin/swaks --server 127.0.0.1 --port "$port" -f jan@dupont.example -t a@example.com,refused@example.com -d - <letter >swaks.said
seen swaks 'Good day, Caf\xc3\xa9!'

debian haproxy 2.6.12 libopentracing-c-wrapper0 1. libopentracing1 1. liblua5.3-0 5.3
sink haproxy
printf '%s\n' defaults ' mode tcp' ' timeout connect 5s' ' timeout client 5s' ' timeout server 5s' 'listen l' ' bind unix@haproxy.sock' \
    ' option smtpchk' " server s 127.0.0.1:$port check inter 500ms" >haproxy.cfg
LD_LIBRARY_PATH=$work/root/usr/lib/$(uname -m)-linux-gnu timeout 5 root/usr/sbin/haproxy -f haproxy.cfg >haproxy.said 2>&1 || true
seen haproxy 'HELO localhost'
seen haproxy QUIT

debian exim4-daemon-light 4.96 exim4-base 4.96
sink exim 'ehlo=SIZE 1000000;CHUNKING;PIPELINING'
cat >exim.sh <<SH
mkdir -p /var/spool/exim4/log
chown -R Debian-exim:Debian-exim /var/spool/exim4
cat >/var/spool/exim4/c <<'CONF'
primary_hostname = app.example
log_file_path = /var/spool/exim4/log/%slog
keep_environment =
trusted_users = root
begin routers
smart:
  driver = manualroute
  transport = smart
  route_list = * 127.0.0.1
  self = send
begin transports
smart:
  driver = smtp
  port = $port
  allow_localhost
begin retry
* * F,1m,5s
CONF
exim4 -C /var/spool/exim4/c -odf -oi -f jan@dupont.example client@example.com <"$work/letter"
SH
apart Debian-exim -- bash "$work/exim.sh" 2>exim.said
seen exim 'EHLO app.example'
seen exim 'SIZE='
seen exim ' LAST\r\n'
seen exim 'Caf\xc3\xa9'
unseen exim BODY=

npm install --prefix "$work" --no-audit --no-fund --silent smtp-server@3.21.6 >npm.log 2>&1 || { cat npm.log; exit 69; }
debian python3-aiosmtpd 1.4.3 python3-attr 22.2 python3-public 2.
cat >serve.js <<'JS'
const { SMTPServer } = require('smtp-server');
const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], size: 1000 });
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port));
JS
cat >serve.py <<'PY'
import socket, time
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]
Controller(Sink(), hostname="127.0.0.1", port=port, data_size_limit=1000, enable_SMTPUTF8=True, ready_timeout=20).start()
print(port, flush=True)
time.sleep(60)
PY
serves() { # NAME COMMAND...
    local name=$1
    shift
    "$@" >"$name.port" &
    pids+=($!)
    appears "$name.port"
    python3 - "$(cat "$name.port")" >"$name" <<'PY'
import smtplib, sys
with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), "app.example", timeout=20) as smtp:
    print(smtp.ehlo(), smtp.docmd("MAIL FROM:<>"), smtp.docmd("RCPT TO:<an@dupont.example>"), smtp.docmd("RSET"), smtp.docmd("MAIL FROM:<> SIZE=2000"))
PY
    for word in 8BITMIME SMTPUTF8 'SIZE 1000' '(552, '; do seen "$name" "$word"; done
}
serves smtp-server node serve.js
seen smtp-server PIPELINING
PYTHONPATH=$work/root/usr/lib/python3/dist-packages serves aiosmtpd /usr/bin/python3 serve.py
unseen aiosmtpd PIPELINING
echo 'as the table says'
