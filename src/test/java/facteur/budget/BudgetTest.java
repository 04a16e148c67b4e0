package facteur.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BudgetTest {
    private final Budget budget = new Budget(Map.of("syncs", 2.0, "bytes", 100_000.0));

    @ParameterizedTest
    @ValueSource(doubles = {1.71, 2.0, 2.29})
    void letsALetterCostALittleMoreOrLess(double syncs) {
        assertThat(budget.findings(Map.of("syncs", syncs))).isEmpty();
    }

    @Test
    void saysWhatIsDearerAndHowToAllowIt() {
        assertThat(budget.findings(Map.of("syncs", 2.5, "bytes", 100_000.0)))
                .containsExactly("DEARER: syncs: 2.50 a letter, budget 2.00 (+25.0 %). If it has to be: write syncs=2.50 in " + Budget.FILE);
    }

    @Test
    void saysWhatIsCheaperAndHowToKeepIt() {
        assertThat(budget.findings(Map.of("syncs", 2.0, "bytes", 50_000.0)))
                .containsExactly(
                        "CHEAPER: bytes: 50,000.00 a letter, budget 100,000.00 (-50.0 %). Keep it so: write bytes=50000.00 in " + Budget.FILE);
    }

    @Test
    void knowsWhatTheFileSaysAndNothingElse() throws IOException {
        var read = Budget.of("# why\nsyncs=2.5\n");
        assertThat(read.figures()).containsExactly(Map.entry("syncs", 2.5));
        assertThatThrownBy(() -> read.findings(Map.of("bytes", 1.0))).hasMessageContaining("bytes");
    }

    @Test
    void takesTheSlackThatALineHas() throws IOException {
        var wide = Budget.of("calls=3\ncalls.slack=2");
        assertThat(wide.findings(Map.of("calls", 5.0))).isEmpty();
        assertThat(wide.findings(Map.of("calls", 1.0))).isEmpty();
        assertThat(wide.findings(Map.of("calls", 5.1))).hasSize(1);
        assertThat(wide.findings(Map.of("calls", 0.9))).hasSize(1);
    }
}
