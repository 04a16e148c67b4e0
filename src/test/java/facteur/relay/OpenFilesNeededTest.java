package facteur.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class OpenFilesNeededTest {
    private final OpenFilesNeeded need = new OpenFilesNeeded(2020);

    @Test
    void warnsOfALimitThatConnectionsMayReach() {
        assertThat(need.warning(OptionalLong.of(2219)).orElseThrow()).contains("2219", "2220", "limits.connections");
    }

    @Test
    void saysNothingWhenThereAreEnough() {
        assertThat(need.warning(OptionalLong.of(2220))).isEmpty();
        assertThat(need.warning(OptionalLong.empty())).isEmpty();
    }
}
