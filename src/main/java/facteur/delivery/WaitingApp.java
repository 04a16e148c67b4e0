package facteur.delivery;

import facteur.mail.smtp.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// An app that waits for the first attempt. Either it hears the refusal, or it has stopped waiting in the belief that the
/// letter is accepted, and then a report follows: never both, never neither. Thread-safe.
final class WaitingApp {
    private final Duration grace;
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch written = new CountDownLatch(1);
    private Optional<Reply> refusal = Optional.empty();
    private boolean isGone;

    /// @param grace how long the refusal may take to be written before the app gets it all the same
    WaitingApp(Duration grace) {
        this.grace = grace;
    }

    /// @return whether the app will hear it; else it has stopped waiting
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

    /// Ends the wait.
    void release() {
        over.countDown();
    }

    /// @return the refusal; empty when the letter is accepted
    Optional<Reply> await(Duration timeout) {
        await(over, timeout);
        Optional<Reply> heard;
        synchronized (this) {
            heard = refusal;
            isGone = heard.isEmpty();
        }
        if (heard.isPresent()) {
            await(written, grace);
        }
        return heard;
    }

    private static void await(CountDownLatch latch, Duration timeout) {
        try {
            var _ = latch.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
