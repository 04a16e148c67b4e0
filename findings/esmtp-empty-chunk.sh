#!/usr/bin/env bash
# esmtp 1.2 with libESMTP 1.1 (Debian 12): a letter in two chunks and an empty last one, its recipients in reverse.
#
# As soon as EHLO offers CHUNKING, DATA isn't used any more. The header is one chunk, the body the next, and the end is a chunk of
# nothing:
#
#     RCPT TO:<b@example.com>          given as a@example.com b@example.com
#     RCPT TO:<a@example.com>
#     BDAT 214
#     BDAT 34
#     BDAT 0 LAST
#
# Postfix, Exim and Dovecot as senders end with the last octets of the letter, or use DATA; a server that answers BDAT 0 LAST as an
# empty letter, or takes one chunk for one letter, meets it here first. RFC 3030 §2 allows it.
source "$(dirname "$0")/lib.sh"
debian esmtp 1.2 libesmtp6 1.1
export LD_LIBRARY_PATH=$work/root/usr/lib/$(uname -m)-linux-gnu
printf 'From: Jan <jan@dupont.example>\nTo: a@example.com\nSubject: x\n\nGood day!\n.\n' >letter
send() {
    printf 'hostname=127.0.0.1:%s\n' "$port" >esmtprc
    root/usr/bin/esmtp -C esmtprc -f jan@dupont.example a@example.com b@example.com <letter
}
sink chunks 'ehlo=CHUNKING;PIPELINING'
send
grep -E '^(RCPT|BDAT|DATA)' chunks | sed 's/BDAT [1-9][0-9]*\\r/BDAT N\\r/' >verbs
printf '%s\n' 'RCPT TO:<b@example.com>\r\n' 'RCPT TO:<a@example.com>\r\n' 'BDAT N\r\n' 'BDAT N\r\n' 'BDAT 0 LAST\r\n' | diff - verbs
seen chunks 'Good day!\r\n.\r\n'
sink data ehlo=PIPELINING
send
seen data DATA
unseen data BDAT
echo 'as stated: BDAT, BDAT, BDAT 0 LAST'
