package facteur.mail.returned;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What mail systems of many kinds send back, as `corpus/README.md` says: each is read as `index.tsv` has it.
final class CorpusOfReturnsTest {
    /// @param expected recipients with all that is told of them
    /// @param text a piece of what it shows to people; `-` for none
    record Row(String name, String reversePath, String decision, String expected, String text) {
        static Row of(String line) {
            var cells = line.split("\t");
            assertThat(cells).hasSize(5);
            return new Row(cells[0], cells[1], cells[2], cells[3], cells[4]);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Path corpus() {
        try {
            return Path.of(Objects.requireNonNull(CorpusOfReturnsTest.class.getResource("corpus")).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static List<Row> rows() throws IOException {
        return Files.readAllLines(corpus().resolve("index.tsv")).stream().skip(1).map(Row::of).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void eachIsReadAsTheIndexHasIt(Row row) throws IOException {
        var octets = Files.readString(corpus().resolve(row.name() + ".eml"), StandardCharsets.ISO_8859_1).replace("\n", "\r\n");
        var reversePath = row.reversePath().contains("@") ? row.reversePath() : "<>";
        var mail = Returns.readOctets(reversePath, octets.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(mail.getClass().getSimpleName().toLowerCase(Locale.ROOT)).isEqualTo(row.decision());
        assertThat(told(mail)).isEqualTo(row.expected());
        assertThat(text(mail)).contains(row.text().equals("-") ? "" : row.text());
        ReturnedChecks.check(mail);
    }

    private static String told(ReturnedMail mail) {
        return switch (mail) {
            case ReturnedMail.Report(var report) -> report.recipients().stream()
                    .map(recipient -> String.join(" ",
                            recipient.names().getFirst(),
                            recipient.action().name(),
                            recipient.status(),
                            recipient.trouble().name()))
                    .collect(Collectors.joining("; "));
            case ReturnedMail.Read(var recipient, var disposition) -> recipient.orElse("-") + " " + disposition;
            case ReturnedMail.Complaint(var recipients, var type) -> type + " " + listed(recipients);
            case ReturnedMail.Unreadable(var recipients, var _, var _) -> listed(recipients);
            case ReturnedMail.Automatic ignored -> "-";
            case ReturnedMail.Personal ignored -> "-";
        };
    }

    private static String listed(List<String> recipients) {
        return recipients.isEmpty() ? "-" : String.join(" ", recipients);
    }

    private static String text(ReturnedMail mail) {
        return switch (mail) {
            case ReturnedMail.Report(var report) -> report.text();
            case ReturnedMail.Unreadable(var _, var text, var _) -> text;
            case ReturnedMail.Read ignored -> "";
            case ReturnedMail.Complaint ignored -> "";
            case ReturnedMail.Automatic ignored -> "";
            case ReturnedMail.Personal ignored -> "";
        };
    }

    @Test
    void theIndexHasAllLetters() throws IOException {
        try (var files = Files.list(corpus())) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".eml")).map(name -> name.replace(".eml", "")))
                    .containsExactlyInAnyOrderElementsOf(rows().stream().map(Row::name).toList());
        }
    }
}
