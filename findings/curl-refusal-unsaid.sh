#!/usr/bin/env bash
# curl 7.88.1 (Debian 12): the answer to a letter isn't told, and its class is lost.
#
# What a server says after the final dot ends as "Weird server reply" and exit status 8, for 451 (send it again) as for
# 552 (never), without the server's text; only -v shows it. At RCPT the code is told, with exit status 55:
#
#     451 4.3.5 after the dot:   curl: (8) Weird server reply
#     552 5.3.4 after the dot:   curl: (8) Weird server reply
#     550 5.1.1 to RCPT:         curl: (55) RCPT failed: 550
#
# A script can't tell a letter to be sent again from one to be given up, and has no text to log: a relay that refuses by what is
# in the letter (its size, its fields) is heard best with -v, or by another client.
source "$(dirname "$0")/lib.sh"
debian curl 7.88.1 libcurl4 7.88.1
export LD_LIBRARY_PATH=$work/root/usr/lib/$(uname -m)-linux-gnu
printf 'Subject: x\r\n\r\nGood day!\r\n' >letter

send() {
    status=0
    root/usr/bin/curl -sS "smtp://127.0.0.1:$port/app.example" --mail-from jan@dupont.example --mail-rcpt client@example.com -T letter >said 2>&1 || status=$?
    echo "exit status $status" >>said
}
for answer in '451 4.3.5 settings not available' '552 5.3.4 too big'; do
    sink wire "dot=$answer"
    send
    seen said 'curl: (8) Weird server reply'
    seen said 'exit status 8'
    unseen said "${answer:4}"
done
sink wire refuse=client
send
seen said 'curl: (55) RCPT failed: 550'
seen said 'exit status 55'
echo 'as stated: exit status 8 for 451 and 552'
