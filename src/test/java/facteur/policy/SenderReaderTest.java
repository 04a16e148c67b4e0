package facteur.policy;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.OfficeSettings;
import facteur.office.ReplyTo;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SenderReaderTest {
    private static final String SENDER = "Sender: an@dupont.example\\r\\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "From: Jan <jan@dupont.example>\\r\\n                             | Jan <jan@dupont.example>",
        "FROM : jan@dupont.example\\r\\n                                  | jan@dupont.example",
        "From:\\r\\n =?utf-8?Q?J=C3=A4n?=\\r\\n <jan@dupont.example>\\r\\n | Jän <jan@dupont.example>",
        "From: stranger@example.org\\r\\n                                 | stranger@example.org",
        "From: jan@dupont.example <jan@dupont.example>\\r\\n              | jan@dupont.example",
        "From: jan@dupont.example, jan@dupont.example\\r\\n               | jan@dupont.example",
        "From: Janssens, Jan <jan@dupont.example>;\\r\\n                   | Janssens, Jan <jan@dupont.example>",
        "From: J\\xE4n <jan@dupont.example>\\r\\n                         | Jän <jan@dupont.example>",
        "From: stranger@example.org\\r\\nSender: an@dupont.example\\r\\n  | stranger@example.org"
    })
    void readsTheOneMailboxOfFrom(String header, String sender) {
        assertThat(read(header).known()).hasToString("Optional[" + sender + "]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Subject: x\\r\\n",
        "From:\\r\\n",
        "From: \\r\\n \\r\\n",
        "From: jan\\r\\n",
        "From: <>\\r\\n",
        "From: (jan@dupont.example)\\r\\n",
        "From: Klanten: jan@dupont.example;\\r\\n",
        "From: undisclosed:;\\r\\n",
        "From: jan@dupont.example, else@example.org\\r\\n",
        "From: <jan@dupont.example> <else@example.org>\\r\\n",
        "From: jan@dupont.example\\r\\nFrom: else@example.org\\r\\n",
        "From: jan@dupont.example\\r\\nFrom: jan@dupont.example\\r\\n",
        "From: jan@dupont.example\\r\\nfrom : else@example.org\\r\\n",
        "From: jan@dup\\0ont.example\\r\\n"
    })
    void asksSenderWhenFromIsNotClear(String header) {
        assertThat(read(header).known()).isEmpty();
        assertThat(read(header + SENDER).known()).describedAs("the list's name and spelling").hasToString("Optional[An Peeters <an@dupont.example>]");
        assertThat(read(header + "Sender: AN@Dupont.Example\\r\\n").known()).hasToString("Optional[An Peeters <an@dupont.example>]");
        assertThat(read(header + "Sender: stranger@example.org\\r\\n").known()).isEmpty();
        assertThat(read(header + SENDER + SENDER).known()).isEmpty();
        assertThat(read(header + "Sender: an@dupont.example, jan@dupont.example\\r\\n").known()).isEmpty();
        assertThat(read(header + "Sender: An: an@dupont.example;\\r\\n").known()).isEmpty();
        assertThat(read(header + "Sender:\\r\\n").known()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "From: jan@dupont.example, else@example.org\\r\\n           | several addresses",
        "From: jan\\r\\n                                            | no address",
        "From:\\r\\n                                                | nothing",
        "From: (jan@dupont.example)\\r\\n                           | nothing",
        "From: Team: jan@dupont.example;\\r\\n                      | a group",
        "From: jan@dupont.example Janssens\\r\\n                    | words beside an address that has no angle brackets, or no address at all",
        "From: a@dupont.example\\r\\nFrom: a@dupont.example\\r\\n    | several fields",
        "From: j\\xE4n@dupont.example\\r\\n                         | octets that are no UTF-8 in the address"
    })
    void saysWhatIsUnclear(String header, String why) {
        assertThat(read(header)).isEqualTo(new Sender.Unknown(Optional.of(new Unclear("From", why))));
    }

    @Test
    void aMissingFromIsNotUnclear() {
        assertThat(read("Subject: x\\r\\n")).isEqualTo(new Sender.Unknown(Optional.empty()));
    }

    @Test
    void believesNoSenderFieldWhenTheOfficeListsNobody() {
        assertThat(SenderReader.read(header(SENDER), office(List.of()))).isEqualTo(new Sender.Unknown(Optional.empty()));
    }

    private static Sender read(String header) {
        return SenderReader.read(
                header(header), office(List.of(new Mailbox("An Peeters", Address.of("an@dupont.example")))));
    }

    private static Header header(String text) {
        var block = text.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
        // An octet that is no UTF-8, where the text says so.
        return block.contains("\\x")
                ? Header.parse(block.replace("\\xE4", "\u00E4").getBytes(StandardCharsets.ISO_8859_1))
                : Header.parse(block.getBytes(StandardCharsets.UTF_8));
    }

    private static OfficeSettings office(List<Mailbox> users) {
        return new OfficeSettings(
                new OfficeId("dupont"),
                "1",
                new Mailbox("Cabinet Dupont", Address.of("office@dupont.example")),
                Optional.empty(),
                new ReplyTo.ToCompany(),
                Map.of(),
                users,
                Sandbox.OFF, WhenUnverified.FALLBACK);
    }
}
