package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.message.Header;
import facteur.mail.smtp.Parsed;
import facteur.office.ContextName;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.policy.Unclear;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlFieldsTest {
    @Test
    void readsAllOfThem() {
        var fields = read("X-Context: invoice\r\nX-Relation-Id: R-1042\r\nX-Office-Id: dupont\r\nX-Letter-Key: invoice-7\r\n");
        assertThat(fields.key()).contains("invoice-7");
        assertThat(fields.context()).contains(new ContextName("invoice"));
        assertThat(fields.relation()).contains(new RelationId("R-1042"));
        assertThat(fields.office()).contains("dupont");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "X-Context:invoice\r\n",
        "x-context:   INVOICE  \r\n",
        "X-CONTEXT :\tInvoice\r\n",
        "X-Context:\r\n invoice\r\n",
        "X-Context:\r\n \r\n\tinvoice\r\n \r\n",
        "Subject: x\r\n \r\nX-Context: invoice\r\n",
        "X-Context: invoice\r\nX-Context: invoice\r\n",
        "X-Context: invoice\r\nx-context: INVOICE\r\n",
        "X-Context: invoice\r\nX-Context: =?utf-8?Q?Invoice?=\r\n",
        "X-Context: =?utf-8?B?aW52b2ljZQ==?=\r\nX-Context: =?us-ascii?Q?in?= =?us-ascii?Q?voice?=\r\n"
    })
    void readsAContextHoweverItIsWritten(String header) {
        assertThat(read(header).context()).contains(new ContextName("invoice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X-Context:\r\n", "X-Context:   \r\n", "X-Contexts: invoice\r\n", "X-Context-: invoice\r\n"})
    void readsNoContextWhereThereIsNone(String header) {
        assertThat(read(header).context()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "=?utf-8?Q?Caf=C3=A9_12?=                                   | Café 12",
        "=?UTF-8?B?Q2Fmw6kgMTI=?=                                   | Café 12",
        "=?utf-8?Q?Caf=C3=A9?= 12                                   | Café 12",
        "=?utf-8*fr?q?Caf=c3=a9?= =?utf-8*fr?q?_12?=                | Café 12",
        "=?iso-8859-1?Q?Caf=E9_12?=                                 | Café 12",
        "=?utf-8?Q?Caf=C3?=\\r\\n =?utf-8?Q?=A9_12?=                | Café 12",
        "=?utf-8?B?Q2Fmw?=\\r\\n =?utf-8?B?6kgMTI=?=                | Café 12",
        "=?utf-8?Q?_Caf=C3=A9_12_?=                                 | Café 12",
        "Café 12                                                    | Café 12",
        "Café\\r\\n 12                                              | Café 12",
        "Café\\r\\n\t12                                             | Café 12",
        "=?us-ascii?Q?urn=3Auuid=3A6e8bc430?= =?us-ascii?Q?-9c3a?=  | urn:uuid:6e8bc430-9c3a",
        "a =?b                                                      | a =?b",
        "a?=b=?                                                     | a?=b=?"
    })
    void decodesWhatLibrariesEncode(String value, String id) {
        var written = value.replace("\\r", "\r").replace("\\n", "\n");
        var fields = read("X-Relation-Id: " + written + "\r\nX-Context: " + written + "\r\n");
        assertThat(fields.relation()).contains(new RelationId(id));
        assertThat(fields.context()).contains(ContextName.of(id));
        assertThat(fields.unclear()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "=?utf-8?B?UjEw?= =?utf-8?B?NDI?=       | broken encoded words",
        "=?utf-8?B?Ui0!?=                       | broken encoded words",
        "=?utf-8?Q?R-1=4?=                      | broken encoded words",
        "R-1 =?utf-8?Q?=ZZ?=                    | broken encoded words",
        "=?klingon?Q?R-1042?=                   | encoded words in an unknown charset, klingon",
        "=?unknown-8bit?Q?Caf=E9?=              | encoded words in an unknown charset, unknown-8bit",
        "=?utf-8?Q?Caf=E9?=                     | encoded words whose octets are no utf-8",
        "=?us-ascii?Q?Caf=C3=A9?=               | encoded words whose octets are no us-ascii",
        "=?utf-8?Q?R-1?= =?utf-8?Q?Caf=C3?=     | encoded words whose octets are no utf-8",
        "=?utf-8?Q?R-1                          | an encoded word without an end",
        "=?utf-8?Q?R-1 =?utf-8?Q?042?=          | an encoded word without an end"
    })
    void whatDoesNotDecodeIsUnknownAndSaidSo(String value, String why) {
        var fields = read("X-Relation-Id: " + value + "\r\nX-Context: " + value + "\r\nX-Office-Id: " + value + "\r\n");
        assertThat(fields.relation()).isEmpty();
        assertThat(fields.context()).contains(ContextName.UNREADABLE);
        assertThat(fields.office().flatMap(OfficeId::parse)).isEmpty();
        assertThat(fields.office()).describedAs("as it came, for the reply").contains(value);
        assertThat(fields.unclear()).containsExactly(
                new Unclear("X-Context", why), new Unclear("X-Relation-Id", why), new Unclear("X-Office-Id", why));
    }

    @Test
    void octetsThatAreNoUtf8AreUnknownToo() {
        var header = Header.parse("X-Relation-Id: Caf\u00e9\r\nX-Office-Id: dupont\u00e9\r\n".getBytes(StandardCharsets.ISO_8859_1));
        var fields = read(header);
        assertThat(fields.relation()).isEmpty();
        assertThat(fields.office().flatMap(OfficeId::parse)).isEmpty();
        assertThat(fields.unclear()).extracting(Unclear::why).containsOnly("octets that are no UTF-8");
    }

    @Test
    void composedAndDecomposedCharactersNameTheSameContext() {
        assertThat(read("X-Context: e\u0301CHE\u0301ANCE\r\n").context()).contains(ContextName.of("\u00e9ch\u00e9ance"));
        assertThat(read("X-Context: " + "e\u0301".repeat(128) + "\r\n").context()).contains(ContextName.of("\u00e9".repeat(128)));
    }

    @Test
    void aDatabaseGetsTheIdAsTheAppGaveIt() {
        assertThat(read("X-Relation-Id: =?utf-8?Q?Cafe=CC=81?=\r\n").relation()).contains(new RelationId("Cafe\u0301"));
    }

    @Test
    void saysWhatIsTooLongForAnId() {
        assertThat(read("X-Relation-Id: " + "x".repeat(129) + "\r\n").unclear()).extracting(Unclear::field).containsExactly("X-Relation-Id");
        assertThat(read("X-Relation-Id: =?utf-8?Q?a=00b?=\r\n").relation()).isEmpty();
        assertThat(read("X-Relation-Id:\r\n").unclear()).isEmpty();
    }

    @Test
    void whatCannotBeANameIsUnreadable() {
        assertThat(read("X-Context: " + "x".repeat(129) + "\r\n").context()).contains(ContextName.UNREADABLE);
        assertThat(read("X-Context: a\0b\r\n").context()).contains(ContextName.UNREADABLE);
        assertThat(read("X-Context: a\u001b[31m\r\n").context()).contains(ContextName.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "X-Context: task\r\nX-Context: invoice\r\n",
        "X-Context: task\r\nX-Context:\r\n",
        "X-Relation-Id: R-1\r\nX-Relation-Id: r-1\r\n",
        "X-Relation-Id: R-1\r\nX-Relation-Id: =?utf-8?Q?R-2?=\r\n",
        "X-Relation-Id: R-1\r\nX-Relation-Id: =?klingon?Q?R-1?=\r\n",
        "X-Office-Id: dupont\r\nX-OFFICE-ID: durand\r\n",
        "X-Letter-Key: k1\r\nX-Letter-Key: K1\r\n"
    })
    void refusesTwoValues(String header) {
        assertThat(ControlFields.read(header(header)))
                .isInstanceOfSatisfying(Parsed.Bad.class, bad -> assertThat(bad.reply().toString()).startsWith("550 5.7.0 ambiguous X-"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "invoice-7               | invoice-7",
        "=?utf-8?Q?Caf=C3=A9_7?= | Café 7",
        "a\\r\\n b             | a b"
    })
    void readsALettersKey(String value, String key) {
        assertThat(read("X-Letter-Key: " + value.replace("\\r", "\r").replace("\\n", "\n") + "\r\n").key()).contains(key);
    }

    @Test
    void refusesALettersKeyThatIsNone() {
        assertThat(read("X-Letter-Key: " + "x".repeat(128) + "\r\n").key()).contains("x".repeat(128));
        assertThat(read("X-Letter-Key:\r\n").key()).isEmpty();
        assertThat(refusal("X-Letter-Key: " + "x".repeat(129) + "\r\n")).isEqualTo("550 5.7.0 X-Letter-Key over 128 characters");
        assertThat(refusal("X-Letter-Key: =?utf-8?Q?a=00b?=\r\n")).isEqualTo("550 5.7.0 X-Letter-Key with control characters");
        assertThat(refusal("X-Letter-Key: =?klingon?Q?7?=\r\n")).startsWith("550 5.7.0 X-Letter-Key can't be read: encoded words");
    }

    private static String refusal(String header) {
        return switch (ControlFields.read(header(header))) {
            case Parsed.Good<ControlFields>(var fields) -> throw new AssertionError(fields);
            case Parsed.Bad<ControlFields>(var reply) -> reply.toString();
        };
    }

    private static ControlFields read(String header) {
        return read(header(header));
    }

    private static ControlFields read(Header header) {
        return switch (ControlFields.read(header)) {
            case Parsed.Good<ControlFields>(var fields) -> fields;
            case Parsed.Bad<ControlFields>(var reply) -> throw new AssertionError(reply);
        };
    }

    private static Header header(String text) {
        return Header.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
