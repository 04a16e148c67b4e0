package facteur.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DataSizeTest {
    @ParameterizedTest
    @CsvSource({"0B,0", "512B,512", "256KB,262144", "35MB,36700160", "1GB,1073741824", "1536KB,1572864"})
    void readsWhatItPrints(String text, long bytes) {
        assertThat(DataSize.parse(text)).isEqualTo(new DataSize(bytes)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"1024B,1KB", "1024KB,1MB", "2048MB,2GB", "1025B,1025B"})
    void printsTheLargestExactUnit(String text, String printed) {
        assertThat(DataSize.parse(text)).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "35", "MB", "35 MB", "-1MB", "1.5MB", "35mb", "35MiB", "1TB", "٣MB", "9999999999999999999B"})
    void refusesWhatIsNoSize(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse(text))
                .withMessage("'%s' is not a size; write 512B, 256KB, 35MB or 1GB", text);
    }

    @Test
    void refusesMoreBytesThanCanBeCounted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DataSize.parse("9999999999GB"))
                .withMessage("'9999999999GB' is too large a size");
    }

    @Test
    void countsInPowersOfTwo() {
        assertThat(DataSize.ofKilobytes(256).bytes()).isEqualTo(262_144);
        assertThat(DataSize.ofMegabytes(35)).isEqualTo(DataSize.parse("35MB")).isGreaterThan(DataSize.ofKilobytes(1));
    }
}
