package facteur.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CardScanTest {
    @TempDir
    private Path folder;

    @Test
    void looksAtAHundredThousandLinesAndNoMore() throws IOException {
        var scan = scan(CardImport.LINES);
        assertThat(scan.extent()).isEqualTo(CardScan.Extent.WHOLE);
        assertThat(scan.named()).hasSize(CardImport.LINES);
        var tooMany = scan(CardImport.LINES + 1);
        assertThat(tooMany.extent()).isEqualTo(CardScan.Extent.TOO_MANY);
        assertThat(CardImport.refusal(tooMany, CardRig.options(CardImport.Mode.MERGE, CardImport.OnError.SKIP)))
                .contains(new CardsResult.TooMany(CardImport.LINES));
    }

    private CardScan scan(int lines) throws IOException {
        var file = Files.writeString(folder.resolve("body"),
                IntStream.range(0, lines).mapToObj(line -> "{\"relation\":\"" + line + "\"}\n\n").collect(Collectors.joining()));
        try (var body = CardBody.open(file, CardImport.Format.NDJSON, "body", CardRig.ROLES)) {
            return CardScan.of(body, "body", CardImport.LINES);
        }
    }
}
