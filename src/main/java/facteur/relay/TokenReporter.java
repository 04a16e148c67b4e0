package facteur.relay;

import facteur.access.Token;
import facteur.access.Tokens;
import facteur.journal.Journal;
import facteur.journal.MailEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Journals the tokens of the API that were made and revoked, on any node or by a command while none ran, and writes once a
/// minute when they were used; to be run every second. Thread-safe.
final class TokenReporter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenReporter.class);
    private static final int BATCH = 100;
    private static final Duration BETWEEN_WRITES = Duration.ofMinutes(1);

    private final Tokens tokens;
    private final InstantSource steady;
    private final Journal journal;
    private final AtomicReference<Instant> writtenAt;

    /// @param steady never goes back
    TokenReporter(Tokens tokens, InstantSource steady, Journal journal) {
        this.tokens = tokens;
        this.steady = steady;
        this.journal = journal;
        writtenAt = new AtomicReference<>(steady.instant());
    }

    @Override
    public void run() {
        try {
            tokens.tell(BATCH).forEach(change -> journal.record(event(change)));
        } catch (SQLException notNow) {
            LOG.debug("tokens are journalled later: {}", notNow.getMessage());
        }
        var now = steady.instant();
        if (!now.isBefore(writtenAt.get().plus(BETWEEN_WRITES))) {
            writtenAt.set(now);
            writeUses();
        }
    }

    /// At a stop, before the database is closed.
    void writeUses() {
        try {
            tokens.writeUses();
        } catch (SQLException notNow) {
            LOG.debug("uses of tokens are written later: {}", notNow.getMessage());
        }
    }

    private static MailEvent event(Tokens.Change change) {
        var token = change.token();
        return switch (change) {
            case Tokens.Change.Made _ -> new MailEvent.TokenMade(
                    token.id().text(),
                    token.name(),
                    token.officeText(),
                    token.scopes().stream().map(Object::toString).toList(),
                    token.until(),
                    token.madeBy());
            case Tokens.Change.Revoked _ -> new MailEvent.TokenRevoked(
                    token.id().text(), token.name(), token.officeText(), token.revocation().map(Token.Revocation::by).orElse(""));
        };
    }
}
