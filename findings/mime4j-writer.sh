#!/usr/bin/env bash
# Apache James Mime4j 0.8.15 (Maven): a letter that is read and written, nothing changed, comes out with other octets; and told not
# to decode contents, encoded twice.
#
# DefaultMessageWriter writes base64 in lines of 76 and quoted-printable by its own rules, regardless of the original: content is the same
# when decoded, but a DKIM signature over the letter is broken. The builder's setContentDecoding(false), which keeps contents as
# they are in the letter, doesn't keep the writer from encoding them. Seen, of a part with three lines of base64:
#
#     as sent              written                      written after setContentDecoding(false)
#     R29vZCBkYXksIGFu     R29vZCBkYXksIGFuZCBtYW55…    UjI5dlpDQmtZWGtzSUdGdQ0K… (base64 of base64)
#     Caf=c3=a9, =41 =     Caf=C3=A9, A day             Caf=3Dc3=3Da9, =3D41 =3D
#
# Who must change a letter and keep its signature, or a part of it as it came, looks with the library and edits the octets.
source "$(dirname "$0")/lib.sh"
maven org.apache.james:apache-mime4j-dom:0.8.15
cat >Write.java <<'JAVA'
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.message.DefaultMessageWriter;

class Write {
    static final String LETTER = String.join("\r\n", "From: jan@dupont.example", "MIME-Version: 1.0",
            "Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: application/pdf",
            "Content-Transfer-Encoding: base64", "", "R29vZCBkYXksIGFu", "ZCBtYW55IHRoYW5r", "cyBmb3IgaXQuDQo=", "--b",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "", "Caf=c3=a9, =41 =", "day", "--b--", "");

    public static void main(String[] words) throws Exception {
        var builder = new DefaultMessageBuilder();
        if (words.length > 0) {
            builder.setContentDecoding(false);
        }
        Message message = builder.parseMessage(new ByteArrayInputStream(LETTER.getBytes(StandardCharsets.US_ASCII)));
        new DefaultMessageWriter().writeMessage(message, System.out);
    }
}
JAVA
java Write.java >written
seen written 'R29vZCBkYXksIGFuZCBtYW55IHRoYW5rcyBmb3IgaXQuDQo='
unseen written 'Caf=c3=a9, =41'
seen written 'Caf=C3=A9, A day'
java Write.java as-it-is >twice
seen twice 'Content-Transfer-Encoding: base64'
unseen twice 'R29vZCBkYXksIGFu'
python3 - <<'PY'
import base64, email
part = email.message_from_bytes(open("twice", "rb").read()).get_payload(0)
assert base64.b64decode(part.get_payload(decode=True)) == b"Good day, and many thanks for it.\r\n", part
PY
echo 'as stated: other octets, or encoded twice'
