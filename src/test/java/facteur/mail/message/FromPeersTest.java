package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// From as scripts write it: facteur reads what mail programs agree upon, as `from/README.md` says.
final class FromPeersTest {
    private static final Pattern ADDRESS = Pattern.compile("(?:\"[^\"]+\"|[a-z0-9!#$%&'*+/=?^_`{|}~.-]+)@[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*");

    /// @param facteur the address that we read, `?` for none
    /// @param peers what each of them reads
    record Row(String from, String facteur, List<String> peers) {
        static Row of(String line) {
            var cells = line.split("\t");
            assertThat(cells).hasSize(12);
            return new Row(cells[0], cells[1], Arrays.asList(cells).subList(2, cells.length));
        }

        /// Those who read one address only, and which.
        List<String> single() {
            return peers.stream().map(Row::addresses).filter(addresses -> addresses.size() == 1).map(addresses -> addresses.iterator().next())
                    .toList();
        }

        /// All that is read without reporting a defect.
        Set<String> undoubted() {
            return peers.stream().filter(peer -> !peer.startsWith("~")).flatMap(peer -> addresses(peer).stream()).collect(Collectors.toSet());
        }

        private static Set<String> addresses(String peer) {
            var addresses = new HashSet<String>();
            for (var text : peer.replaceFirst("^~", "").split(", ")) {
                if (ADDRESS.matcher(text).matches()) {
                    // Quotes that a local part needn't have.
                    addresses.add(text.replaceFirst("^\"([a-z0-9]+)\"@", "$1@"));
                }
            }
            return addresses;
        }

        @Override
        public String toString() {
            return from;
        }
    }

    static List<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/from/peers.tsv"), StandardCharsets.UTF_8).stream().skip(1).map(Row::of).toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void readsTheOneMailbox(Row row) {
        assertThat(switch (Mailbox.parseMeant(row.from())) {
            case LenientMailbox.Clear(var mailbox) -> mailbox.address().toString();
            case LenientMailbox.Unclear _ -> "?";
        }).isEqualTo(row.facteur());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void agreesWithThePeers(Row row) {
        if (row.facteur().equals("?")) {
            var isGroup = row.from().matches(".*:.*;");
            var agreeing = row.single().stream().filter(row.undoubted()::contains).count();
            assertThat(row.undoubted().size() == 1 && agreeing >= 4 && !isGroup).describedAs("%s", row.peers()).isFalse();
        } else {
            var address = Row.addresses(row.facteur().toLowerCase(Locale.ROOT));
            assertThat(row.undoubted()).isEqualTo(address);
            assertThat(row.single()).filteredOn(address::contains).hasSizeGreaterThanOrEqualTo(3);
        }
    }
}
