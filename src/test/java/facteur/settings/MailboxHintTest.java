package facteur.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MailboxHintTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Dupont, Cabinet <o@d.example>         | ; a name with a comma stands in quotes: "Dupont, Cabinet" <o@d.example>
            Janssens, Jan, Dr <jan@d.example>     | ; a name with a comma stands in quotes: "Janssens, Jan, Dr" <jan@d.example>
            a@d.example; An <b@d.example>         | ; several stand between commas: a@d.example, An <b@d.example>
            Dupont, Cabinet <nonsense>            | ~~
            @                                     | ~~
            """)
    void saysWhatToWriteInstead(String text, String remark) {
        assertThat(MailboxHint.of(text)).isEqualTo(remark);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Janssens                      | ; it has no address. Within [ ] or { }, an entry with a comma stands in quotes
            Dupont, Cabinet <o@d.example> | ; a name with a comma stands in quotes
            """)
    void knowsThatAnEntryMayHaveBeenCutInTwo(String text, String remark) {
        assertThat(MailboxHint.ofEntry(text)).startsWith(remark);
    }
}
