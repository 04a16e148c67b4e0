package facteur.delivery;

import facteur.mail.smtp.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// An app that waits for what the first attempt brings. Either it is told of a refusal, or it has gone away believing that
/// the letter is kept, and then somebody has to report: never both, never neither. Thread-safe.
final class WaitingApp {
    /// How long the refusal may take to be written before the app is told all the same.
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch written = new CountDownLatch(1);
    private Optional<Reply> refusal = Optional.empty();
    private boolean isGone;

    /// @return whether the app will be told; else it has gone
    synchronized boolean refuse(Reply reply) {
        if (!isGone) {
            refusal = Optional.of(reply);
            over.countDown();
        }
        return !isGone;
    }

    /// The attempt is over, and written.
    void end() {
        written.countDown();
        over.countDown();
    }

    /// Nobody waits any longer.
    void release() {
        over.countDown();
    }

    /// @return the refusal; empty when the letter is kept
    Optional<Reply> await(Duration timeout) {
        await(over, timeout);
        Optional<Reply> told;
        synchronized (this) {
            told = refusal;
            isGone = told.isEmpty();
        }
        if (told.isPresent()) {
            await(written, GRACE);
        }
        return told;
    }

    private static void await(CountDownLatch latch, Duration timeout) {
        try {
            var _ = latch.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
