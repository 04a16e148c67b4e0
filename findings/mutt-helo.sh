#!/usr/bin/env bash
# mutt 2.2.12 (Debian 12) and s-nail 14.9.24: HELO, unless the letter needs EHLO for a reason of theirs.
#
# mutt says EHLO for a login, TLS (`ssl_starttls`, which many set to no toward their own machine) or an 8-bit body (`allow_8bit`),
# s-nail for a login or TLS; else HELO. So nothing is offered to them, and what they would need is not asked for. With an address
# beyond US-ASCII, to a server that offers SMTPUTF8:
#
#     mutt, body in US-ASCII:   HELO vm, MAIL FROM:<jan@dupont.example>, RCPT TO:<jan\xc3\xa9@example.com>
#     mutt, 8-bit body:         EHLO vm, MAIL FROM:<jan@dupont.example> BODY=8BITMIME SMTPUTF8
#
# The same address in two letters is declared in one and not in the other. A relay can't rely on EHLO for letters of a mail
# program on its own machine, and has to answer HELO by its rules for EHLO: who may send, TLS first, which charset.
source "$(dirname "$0")/lib.sh"
debian mutt 2.2.12 libtokyocabinet9 1.4 libgpgme11 1.18 libassuan0 2.5 libgsasl18 2. libidn12 1. libntlm0 1. libgssglue1 0. s-nail 14.9.24
export LD_LIBRARY_PATH=$work/root/usr/lib/$(uname -m)-linux-gnu
sink wire 'ehlo=8BITMIME;SMTPUTF8'
cat >muttrc <<RC
set smtp_url="smtp://127.0.0.1:$port" ssl_starttls=no ssl_force_tls=no use_envelope_from copy=no
set from="jan@dupont.example" hostname="app.example" charset="utf-8" send_charset="us-ascii:utf-8" allow_8bit
RC
write() { printf '%s\n' "$1" | HOME=$work root/usr/bin/mutt -n -F muttrc -s x -- jané@example.com; }

write 'Good day!'
seen wire 'HELO app.example'
seen wire 'RCPT TO:<jan\xc3\xa9@example.com>'
unseen wire 'SMTPUTF8'
: >wire
write 'Good day, Café!'
seen wire 'EHLO app.example'
seen wire 'MAIL FROM:<jan@dupont.example> BODY=8BITMIME SMTPUTF8'
: >wire
echo 'Good day!' | HOME=$work root/usr/bin/s-nail -:/ -Sv15-compat -Ssmtp-auth=none -Smta="smtp://127.0.0.1:$port" -Sfrom=jan@dupont.example -s x client@example.com
seen wire 'HELO '
unseen wire EHLO
echo 'as stated: HELO, and UTF-8 without SMTPUTF8'
