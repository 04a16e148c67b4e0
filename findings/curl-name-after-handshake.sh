#!/usr/bin/env bash
# curl 7.88.1 (Debian 12, OpenSSL 3.0): a certificate of the wrong name is refused after the handshake, without an alert.
#
# A client that doesn't trust the issuer says so in the handshake, and the server has an alert to log. The name in the certificate
# curl compares itself, when OpenSSL has finished: the server has completed the handshake by then, with TLS 1.2 and 1.3 alike, and
# sees the connection closed as by any client that changed its mind. Seen by a server with Python's ssl:
#
#     TLSv1.2 wrong name: handshake done, then end of file      (curl: exit code 60)
#     TLSv1.2 unknown issuer: TLSV1_ALERT_UNKNOWN_CA            (curl: exit code 60)
#
# and the same by TLS 1.3, where the alert comes with the first read. So a relay whose certificate lacks the name that apps use
# finds nothing in its log of failed handshakes, only sessions without a command.
source "$(dirname "$0")/lib.sh"
debian curl 7.88.1 libcurl4 7.88.1
export LD_LIBRARY_PATH=$work/root/usr/lib/$(uname -m)-linux-gnu
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=relay.example.org \
    -addext subjectAltName=DNS:relay.example.org 2>openssl.log
openssl req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -days 2 -subj /CN=other.example.org 2>>openssl.log

cat >server.py <<'END'
import socket, ssl
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("cert.pem", "key.pem")
door = socket.create_server(("127.0.0.1", 0))
print(door.getsockname()[1], flush=True)
while True:
    plain, _ = door.accept()
    plain.settimeout(20)
    stage = "handshake failed: "
    try:
        with context.wrap_socket(plain, server_side=True) as secure:
            stage = "handshake done, then "
            secure.sendall(b"220 relay.example.org\r\n")
            line = secure.recv(1000)
            said = repr(line) if line else "end of file"
    except ssl.SSLError as failure:
        said = failure.reason or "end of file"
    except OSError:
        said = "end of file"
    with open("server.log", "a") as log:
        log.write(stage + ("end of file" if "EOF" in said else said) + "\n")
END
python3 server.py >port &
pids+=($!)
appears port

# attempt VERSION CAFILE NAME
attempt() {
    rm -f server.log
    local code=0
    root/usr/bin/curl -sS --tls-max "$1" "--tlsv$1" --cacert "$2" --connect-to "$3:465:127.0.0.1:$(cat port)" "smtps://$3:465/app.example" \
        --mail-from jan@dupont.example --mail-rcpt client@example.com -T - <<<'Subject: x' 2>curl.log || code=$?
    [ "$code" -eq 60 ] || { echo "CHANGED: curl exits with $code:"; cat curl.log; exit 1; }
    appears server.log
}

for version in 1.2 1.3; do
    attempt "$version" cert.pem mail.example.org
    seen server.log 'handshake done, then end of file'
    attempt "$version" other.pem relay.example.org
    seen server.log 'UNKNOWN_CA'
done
echo 'as stated: a wrong name is no failed handshake'
