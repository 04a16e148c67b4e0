package facteur.spool;

import static facteur.spool.Letters.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facteur.fixture.MemorySpool;
import org.junit.jupiter.api.Test;

final class MemorySpoolTest extends SpoolContract {
    private final MemorySpool spool = new MemorySpool();

    @Override
    Spool spool() {
        return spool;
    }

    @Test
    void failsWhileItIsBroken() throws Exception {
        var letter = letters.letter();
        spool.breakDown();
        assertThatThrownBy(() -> spool.acceptActive(Letters.ROUTE, letter)).isInstanceOf(SpoolException.class);
        spool.repair();
        Letters.defer(spool, letter, NOON);
        assertThat(spool.state(letter.id())).contains(new QueueState.Deferred(NOON));
    }
}
