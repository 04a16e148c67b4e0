package facteur.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class SpoolExceptionTest {
    @Test
    void tellsByWhatItWasCaused() {
        assertThat(new SpoolException("not written", new IOException("no room")).report())
                .isEqualTo("not written: java.io.IOException: no room");
    }

    @Test
    void tellsOfNoCauseWhenThereIsNone() {
        assertThat(new SpoolException("less than 16777216 octets of disk space left").report())
                .isEqualTo("less than 16777216 octets of disk space left");
    }
}
