#!/usr/bin/env bash
# GreenMail 2.1.13 and SubEthaSMTP's Wiser 7.2.2 (Maven): in one JVM, the one that takes a letter first decides how UTF-8 in a field is read.
#
# Both parse with the JVM's default mail session, of which there is one; its first caller sets the properties. GreenMail wants
# mail.mime.allowutf8, Wiser wants nothing. The same letter, with "Subject: Réunion" in UTF-8 (RFC 6532), to GreenMail, read by
# getSubject():
#
#     GreenMail alone, or first                                  Réunion
#     after a getMimeMessage() of a Wiser, anywhere in the JVM   RÃ©union
#
# Transport.send() of a message without a session, and Angus with a message/rfc822 part of its own, make the default session too. So a
# test with 8-bit fields passes alone and fails behind another one. Such a test asks message.getSession() how the fields were read.
source "$(dirname "$0")/lib.sh"
maven com.icegreen:greenmail:2.1.13 com.github.davidmoten:subethasmtp:7.2.2
cat >Read.java <<'JAVA'
import com.icegreen.greenmail.util.*;
import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.wiser.Wiser;

class Read {
    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            var wiser = Wiser.create(SMTPServer.port(0).bindAddress(InetAddress.getLoopbackAddress()));
            wiser.start();
            send(wiser.getServer().getPortAllocated());
            wiser.getMessages().get(0).getMimeMessage();
            wiser.stop();
        }
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp").dynamicPort());
        server.start();
        send(server.getSmtp().getPort());
        server.waitForIncomingEmail(20_000, 1);
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.out.println(server.getReceivedMessages()[0].getSubject());
        System.exit(0);
    }

    static void send(int port) throws IOException {
        var dialogue = "EHLO app.example\r\nMAIL FROM:<jan@dupont.example>\r\nRCPT TO:<an@dupont.example>\r\nDATA\r\n"
            + "Subject: Réunion\r\n\r\nGood day!\r\n.\r\nQUIT\r\n";
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            in.readLine();
            for (var line : dialogue.split("(?<=\r\n)")) {
                socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
                var head = !line.matches("(Subject:|Good|\r).*\r?\n?") && !line.equals("\r\n");
                for (var reply = "250-"; head && reply != null && reply.startsWith("-", 3); ) reply = in.readLine();
            }
        }
    }
}
JAVA
java Read.java >alone 2>alone.log || cat alone.log
java Read.java after >behind 2>behind.log || cat behind.log
seen alone 'Réunion'
seen behind 'RÃ©union'
echo 'as stated: Réunion, and RÃ©union behind Wiser'
