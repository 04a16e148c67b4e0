"""An SMTP server that says what it is told to and writes down every line it hears: sink.py LOG [WORD=VALUE...]

    ehlo=A;B        what EHLO offers            mail=REPLY   to MAIL        refuse=TEXT  550 to a RCPT with TEXT in it
    dot=REPLY       to the end of the letter    close=VERB   closes after the reply to VERB        tls=FILE  key and certificate

It prints its port. One line of LOG for each line heard, as Python writes bytes."""
import socket, ssl, sys, threading

log = open(sys.argv[1], "a", buffering=1)
told = dict(word.split("=", 1) for word in sys.argv[2:])


def serve(peer):
    lines, hear = peer.makefile("rb"), lambda line: log.write(repr(line)[2:-1] + "\n")
    say = lambda text: peer.sendall(text.encode() + b"\r\n")
    say("220 sink.example ESMTP")
    while line := lines.readline():
        hear(line)
        verb = line.strip().upper().split(b" ")[0].split(b":")[0].decode("latin-1")
        if verb == "EHLO":
            offers = ["sink.example"] + [word for word in told.get("ehlo", "").split(";") if word]
            say("\r\n".join(["250-" + word for word in offers[:-1]] + ["250 " + offers[-1]]))
        elif verb == "STARTTLS":
            say("220 go ahead")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(told["tls"])
            told["ehlo"] = told["ehlo"].replace("STARTTLS", "")
            peer = context.wrap_socket(peer, server_side=True)
            lines = peer.makefile("rb")
        elif verb == "MAIL":
            say(told.get("mail", "250 2.1.0 ok"))
        elif verb == "RCPT":
            say("550 5.1.1 no such user" if "refuse" in told and told["refuse"].encode() in line else "250 2.1.5 ok")
        elif verb == "DATA":
            say("354 go ahead")
            while (line := lines.readline()) not in (b".\r\n", b""):
                hear(line)
            hear(line)
            say(told.get("dot", "250 2.0.0 Ok: queued as 1"))
        elif verb == "BDAT":
            hear(lines.read(int(line.split()[1])))
            say("250 2.0.0 Ok: queued as 1")
        elif verb == "QUIT":
            say("221 bye")
            return
        else:
            say("250 ok" if verb in ("HELO", "RSET", "NOOP") else "502 unknown")
        if told.get("close") == verb:
            return


def whole(peer):
    try:
        serve(peer)
    except OSError as gone:
        log.write(f"-- {gone}\n")
    finally:
        peer.close()


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=whole, args=(listener.accept()[0],), daemon=True).start()
