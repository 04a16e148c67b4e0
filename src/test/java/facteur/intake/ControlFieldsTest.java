package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.message.Header;
import facteur.settings.ContextName;
import facteur.smtp.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlFieldsTest {
    @Test
    void readsAllThree() {
        var fields = read("X-Context: invoice\r\nX-Relation-Id: R-1042\r\nX-Office-Id: dupont\r\n");
        assertThat(fields.context()).contains(new ContextName("invoice"));
        assertThat(fields.relation()).contains("R-1042");
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
        "X-Context: invoice\r\nx-context: INVOICE\r\n"
    })
    void readsAContextHoweverItIsWritten(String header) {
        assertThat(read(header).context()).contains(new ContextName("invoice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X-Context:\r\n", "X-Context:   \r\n", "X-Contexts: invoice\r\n", "X-Context-: invoice\r\n"})
    void readsNoContextWhereThereIsNone(String header) {
        assertThat(read(header).context()).isEqualTo(Optional.empty());
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
        "X-Office-Id: dupont\r\nX-OFFICE-ID: durand\r\n"
    })
    void refusesTwoValues(String header) {
        assertThat(ControlFields.read(header(header)))
                .isInstanceOfSatisfying(Parsed.Bad.class, bad ->
                        assertThat(bad.reply().toString()).startsWith("550 5.7.0 ambiguous X-"));
    }

    private static ControlFields read(String header) {
        return switch (ControlFields.read(header(header))) {
            case Parsed.Good<ControlFields>(var fields) -> fields;
            case Parsed.Bad<ControlFields>(var reply) -> throw new AssertionError(reply);
        };
    }

    private static Header header(String text) {
        return Header.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
