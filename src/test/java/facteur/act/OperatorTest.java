package facteur.act;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OperatorTest {
    @Test
    void isTheUserAndWhoeverBecameHim() {
        assertThat(Operator.text("1000", "jan", null, "")).isEqualTo("uid=1000(jan)");
        assertThat(Operator.text("0", "root", "jan", "1000")).isEqualTo("uid=0(root) sudo=jan auid=1000");
        assertThat(Operator.text("0", "root", "", "4294967295")).isEqualTo("uid=0(root)");
    }

    @Test
    void isOneShortWordOfEachWhateverTheEnvironmentSays() {
        assertThat(Operator.text("0", "root", "jan auid=1\r\n" + "x".repeat(999), "")).matches("uid=0\\(root\\) sudo=jan\\?auid=1\\?\\?x{1,60}");
    }

    @Test
    void isKnownOfThisProcess() {
        assertThat(Operator.ofProcess(name -> null)).matches("uid=\\d+\\([^ ]+\\)( auid=\\d+)?");
    }
}
