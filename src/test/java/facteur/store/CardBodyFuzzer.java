package facteur.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import facteur.fixture.MemoryFolders;
import facteur.office.RelationId;
import facteur.platform.config.Problem;
import facteur.store.CardImport.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Any bytes between two cards, as lines of JSON and as CSV: the cards beside them are read as they are, or nothing of the body
/// counts; each problem is one printable line with a place, where a page finds
/// what stands there; and what is read twice is the same.
final class CardBodyFuzzer {
    private static final RelationId ABOVE = new RelationId("above");
    private static final RelationId BELOW = new RelationId("below");

    @FuzzTest(maxDuration = "1m")
    void readsAnyLines(byte[] bytes) throws IOException {
        check(bytes, Format.NDJSON, "{\"relation\":\"above\",\"partner\":\"a@d.example\"}\n",
                "\n{\"relation\":\"below\",\"partner\":\"b@d.example\"}\n");
    }

    @FuzzTest(maxDuration = "1m")
    void readsAnyCsv(byte[] bytes) throws IOException {
        check(bytes, Format.CSV, "relation,partner\nabove,a@d.example\n", "\nbelow,b@d.example\n");
    }

    private static void check(byte[] bytes, Format format, String before, String after) throws IOException {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(before.getBytes(UTF_8));
        octets.writeBytes(bytes);
        octets.writeBytes(after.getBytes(UTF_8));
        var folder = MemoryFolders.create("body");
        var file = folder.resolve("body");
        try {
            Files.write(file, octets.toByteArray());
            var scan = scan(file, format);
            assertThat(scan.problems().list()).extracting(Problem::toString)
                    .allSatisfy(problem -> assertThat(problem).startsWith("body").doesNotContainPattern("\\p{Cc}"));
            assertThat(scan.problems().isEmpty()).isEqualTo(scan.badLines() == 0 && scan.extent() == CardScan.Extent.WHOLE);
            if (format == Format.CSV) {
                showsEachBadLine(file, scan);
            }
            if (scan.extent() != CardScan.Extent.UNREADABLE) {
                var good = good(file, format);
                assertThat(scan.named()).contains(ABOVE, BELOW).containsAll(good);
                for (var relation : List.of(ABOVE, BELOW)) {
                    assertThat(good.contains(relation)).isTrue();
                }
            }
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /// What a page shows of a body is what was read of it.
    private static void showsEachBadLine(Path file, CardScan scan) throws IOException {
        var lines = scan.problems().list().stream().map(Problem::line).collect(Collectors.toSet());
        var cells = CsvCells.read(file, lines);
        if (scan.extent() != CardScan.Extent.UNREADABLE) {
            assertThat(cells.names()).startsWith("relation", "partner");
            assertThat(cells.lines().keySet()).isEqualTo(lines);
        }
    }

    private static CardScan scan(Path file, Format format) throws IOException {
        try (var body = CardBody.open(file, format, "body", CardRig.ROLES)) {
            return CardScan.of(body, "body", CardImport.LINES);
        }
    }

    private static Set<RelationId> good(Path file, Format format) throws IOException {
        var good = new HashSet<RelationId>();
        try (var body = CardBody.open(file, format, "body", CardRig.ROLES)) {
            for (var line = body.next(); line.isPresent(); line = body.next()) {
                if (line.get() instanceof CardLine.Card(_, var input)) {
                    var card = input.edit(CardImport.Mode.REPLACE, CardRig.ROLES).change().apply(Optional.empty());
                    card.ifPresent(text -> assertThat(CardText.parse(text.json())).isEqualTo(text));
                    good.add(input.relation().composed());
                }
            }
        }
        return good;
    }
}
