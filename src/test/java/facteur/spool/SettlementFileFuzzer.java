package facteur.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.zip.CRC32C;

/// Any content of the file, also behind a sum that is right: nothing, or a settlement that is written as the same line again.
final class SettlementFileFuzzer {
    @FuzzTest(maxDuration = "1m")
    void readsAnyContent(byte[] octets) {
        SettlementFile.parse(octets).settlements().forEach(SettlementFileFuzzer::assertSound);
        var text = new String(octets, UTF_8).replace("\n", "");
        var sum = new CRC32C();
        sum.update(text.getBytes(UTF_8));
        SettlementLine.parse("%08x\t%s".formatted(sum.getValue(), text)).ifPresent(SettlementFileFuzzer::assertSound);
    }

    private static void assertSound(Settlement settlement) {
        assertThat(SettlementLine.parse(SettlementLine.write(settlement).replace("\n", ""))).contains(settlement);
    }
}
