#!/usr/bin/env bash
# dma 0.13 (Debian 12): a letter to three is three letters, sent at the same time, with one Message-ID.
#
# dma, the mailer of small machines and containers, queues a letter for each recipient and sends each in a process and over a
# connection of its own:
#
#     MAIL FROM:<jan@dupont.example>, RCPT TO:<a@example.com>, DATA … Message-Id: <6b0ce5fa.2.25fe33f2@app.example>
#     MAIL FROM:<jan@dupont.example>, RCPT TO:<b@example.com>, DATA … Message-Id: <6b0ce5fa.2.25fe33f2@app.example>
#     MAIL FROM:<jan@dupont.example>, RCPT TO:<c@example.com>, DATA … Message-Id: <6b0ce5fa.2.25fe33f2@app.example>
#
# all of them in the first tenth of a second. A relay that counts letters per hour counts each; one that limits connections per
# client refuses some, which dma tries again after minutes; one that takes the same Message-ID for a repetition loses letters.
source "$(dirname "$0")/lib.sh"
debian dma 0.13
sink wire ehlo=PIPELINING
cat >send.sh <<'SH'
port=$1
mkdir -p /etc/dma /var/spool/dma
chgrp mail /var/spool/dma
chmod 2775 /var/spool/dma
printf 'SMARTHOST 127.0.0.1\nPORT %s\nMAILNAME app.example\n' "$port" >/etc/dma/dma.conf
: >/etc/dma/auth.conf
printf 'Subject: x\n\nGood day!\n' | dma -D -f jan@dupont.example a@example.com b@example.com c@example.com
SH
apart -- bash "$work/send.sh" "$port"
for _ in $(seq 100); do [ "$(grep -c '^QUIT' wire)" -eq 3 ] && break; sleep 0.1; done
[ "$(grep -c '^MAIL FROM:<jan@dupont.example>' wire)" -eq 3 ] || { cat wire; exit 1; }
[ "$(grep -c '^Message-Id: ' wire)" -eq 3 ] || { cat wire; exit 1; }
[ "$(grep '^Message-Id: ' wire | sort -u | wc -l)" -eq 1 ] || { cat wire; exit 1; }
echo 'as stated: three transactions, one Message-ID'
