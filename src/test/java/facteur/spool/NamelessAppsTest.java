package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.MigratedDatabase;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.message.Header;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamelessAppsTest {
    @TempDir
    private Path state;

    private final Letters letters = new Letters();

    private void five(Spool spool, String app, Instant at, Function<Letter, String> messageId, Function<Integer, Optional<LetterKey>> key)
            throws SpoolException {
        var provenance = Provenance.parse(app, "dupont", "", "", "", "from.shared", "general.company", "1", "", "");
        for (var i = 0; i < 5; i++) {
            var letter = letters.letter();
            var header = Header.parse(("Message-ID: " + messageId.apply(letter) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            var message = new Message(header, new MemoryBody(new byte[9]));
            spool.acceptActive(
                    Letters.ROUTE, new Letter(letter.id(), at, provenance, letter.envelope(), letter.originalReversePath(), message), key.apply(i));
        }
    }

    @Test
    void findsThoseWhoseLettersCannotBeRecognized() throws Exception {
        try (var folder = StateFolder.open(state);
                var database = MigratedDatabase.open(state);
                var open = new OpenSpool(folder, database, SqlSpool.open(folder, database, 0, () -> NOON, _ -> {}))) {
            Function<Letter, String> ours = letter -> "<" + letter.id() + "@relay.example.org>";
            five(open.spool(), "nameless", NOON, ours, _ -> Optional.empty());
            five(open.spool(), "keyed", NOON, ours, i -> LetterKeyContract.key("k" + i, ""));
            five(open.spool(), "with-ids", NOON, _ -> "<7@dupont.example>", _ -> Optional.empty());
            five(open.spool(), "silent-since", NOON.minus(Duration.ofHours(25)), ours, _ -> Optional.empty());
            assertThat(NamelessApps.find(database, NOON.plusMillis(1), Duration.ofHours(24)))
                    .containsExactly(new NamelessApps.Nameless("nameless", 5));
        }
    }
}
