#!/usr/bin/env bash
# curl 7.88.1 (Debian 12): the name of the file that is sent becomes the name in EHLO.
#
# curl takes the name for EHLO from the path of the URL, and -T appends the file's name to a URL without one, as it does for
# FTP and HTTP. Seen for `curl smtp://HOST:PORT -T 'brief één.eml' …`:
#
#     EHLO brief \xc3\xa9\xc3\xa9n.eml
#
# with -T - (standard input) it is the machine's name. So scripts that mail a file greet with a blank, an apostrophe or octets
# beyond US-ASCII, which RFC 5321 §4.1.1.1 doesn't allow; a relay that checks the name refuses some of a folder's letters and
# takes others. A path (smtp://HOST:PORT/app.example) is the way out.
source "$(dirname "$0")/lib.sh"
debian curl 7.88.1 libcurl4 7.88.1
export LD_LIBRARY_PATH=$work/root/usr/lib/$(uname -m)-linux-gnu
sink wire
printf 'Subject: x\r\n\r\nGood day!\r\n' >'brief één.eml'

send() { root/usr/bin/curl -sS "smtp://127.0.0.1:$port$1" --mail-from jan@dupont.example --mail-rcpt client@example.com -T "$2"; }
send '' 'brief één.eml'
seen wire 'EHLO brief \xc3\xa9\xc3\xa9n.eml\r\n'
: >wire
send /app.example 'brief één.eml'
seen wire 'EHLO app.example\r\n'
: >wire
send '' - <'brief één.eml'
unseen wire 'EHLO -'
echo 'as stated: EHLO brief één.eml'
