package facteur.warmup;

import java.nio.charset.StandardCharsets;

/// Letters as apps write them. Pure.
final class TrialLetters {
    private static final String LINE = "Good day, here is what we have agreed upon; please have a look at it today.\r\n";
    private static final String RAW = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\r\n";
    private static final int USUAL = 4_096;

    private TrialLetters() {}

    /// 4 KB of text, without a Message-ID.
    static byte[] plain(String office) {
        return octets(header(office, "Good day"), "\r\n" + LINE.repeat(USUAL / LINE.length()));
    }

    /// About a client; words beyond ASCII, in two forms, with its number as Message-ID.
    static byte[] invoice(String office, String number) {
        return octets(
                header(office, "=?utf-8?q?Votre_facture_=C3=A0_payer?=")
                        + "X-Office-Id: " + office + "\r\nX-Context: invoice\r\nX-Relation-Id: R-1\r\n"
                        + "Message-ID: <" + number + "@app.example>\r\nDate: Mon, 30 Nov 2026 09:00:00 +0100\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: multipart/alternative; boundary=\"=-trial\"\r\n",
                "\r\n--=-trial\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nÀ payer: 100 €.\r\n"
                        + LINE.repeat(12)
                        + "--=-trial\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<p>À payer: 100 €.</p>\r\n"
                        + LINE.repeat(24) + "--=-trial--\r\n");
    }

    /// With an attachment of about this many octets.
    static byte[] large(String office, int octets) {
        return octets(
                header(office, "Your file") + "MIME-Version: 1.0\r\nContent-Type: application/pdf; name=file.pdf\r\n"
                        + "Content-Transfer-Encoding: base64\r\n",
                "\r\n" + RAW.repeat(octets / RAW.length()));
    }

    /// What a host says of a letter that it can't deliver after all (RFC 3464).
    static byte[] report(String recipient) {
        return octets("""
                From: mailer-daemon@mx.example
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary=b
                """.replace("\n", "\r\n"), """

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; %s
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 No such user

                --b--
                """.formatted(recipient).replace("\n", "\r\n"));
    }

    private static String header(String office, String subject) {
        return "Received: from pc.example by app.example; Mon, 30 Nov 2026 09:00:00 +0100\r\nFrom: Jan Janssens <" + sender(office)
                + ">\r\nTo: Client <client@client.example>\r\nSubject: " + subject + "\r\n";
    }

    static String sender(String office) {
        return "jan@" + office + ".example";
    }

    private static byte[] octets(String header, String body) {
        return (header + body).getBytes(StandardCharsets.UTF_8);
    }
}
