#!/usr/bin/env bash
# GreenMail 2.1.13 (Maven): takes the null reverse-path, and then has forgotten it.
#
# MAIL FROM:<> gets 250, RCPT gets 503:
#
#     MAIL FROM:<>                    250 OK
#     RCPT TO:<jan@dupont.example>    503 MAIL must come before RCPT
#
# So no bounce, delay notice or receipt can be delivered to it (RFC 5321 §4.5.5 wants servers to take them), and a relay that is tested
# against it loses its reports there: a report has no sender to tell. Tests of bounces need another server, or the relay has to send
# its reports under an address (facteur: `delivery.report-reverse-path`).
source "$(dirname "$0")/lib.sh"
maven com.icegreen:greenmail:2.1.13
cat >Server.java <<'JAVA'
import com.icegreen.greenmail.util.*;

class Server {
    public static void main(String[] none) throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp").dynamicPort());
        server.start();
        System.out.println("port " + server.getSmtp().getPort());
        Thread.sleep(60_000);
        System.exit(0);
    }
}
JAVA
java Server.java >server 2>&1 &
pids+=($!)
for _ in $(seq 300); do grep -q '^port ' server && break; sleep 0.1; done
python3 - "$(sed -n 's/^port //p' server)" >said <<'PY'
import smtplib, sys
with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), "app.example", timeout=20) as smtp:
    smtp.ehlo()
    for sender in "jan@dupont.example", "":
        print(f"<{sender}>", smtp.docmd(f"MAIL FROM:<{sender}>"), smtp.docmd("RCPT TO:<an@dupont.example>"))
        smtp.rset()
PY
seen said "<jan@dupont.example> (250, b'OK') (250, b'OK')"
seen said "<> (250, b'OK') (503, b'MAIL must come before RCPT')"
echo 'as stated: 250 to MAIL FROM:<>, 503 to RCPT'
