package facteur.spool;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/// Any content of a record, as a disk or another version may have it: what it says, or an error that says that it can't be read.
final class LogRecordFuzzer {
    @FuzzTest(maxDuration = "1m")
    void readsAnyContent(byte[] octets) {
        try {
            if (LogRecord.parse(octets) instanceof LogRecord.Came(var letter)) {
                assertThatCode(() -> LogRecord.parse(LogRecord.octets(letter))).doesNotThrowAnyException();
            }
        } catch (IOException unreadable) {
            // Its start is refused, with that.
        }
    }
}
