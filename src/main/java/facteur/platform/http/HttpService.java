package facteur.platform.http;

import facteur.platform.failure.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// A web service, on the wire: one exchange after another, each cut when its time is over. Only the host that a request
/// names is ever asked: no redirect is followed, no proxy used, no cookie stored. HTTP/1.1, since `http://` would otherwise
/// begin with an upgrade that many servers stumble over.
///
/// Thread-safe; blocks the caller, no longer than the timeout.
public final class HttpService implements AutoCloseable {
    /// More at the same time wait, so that neither memory nor connections grow with the number of callers.
    private static final int MOST_EXCHANGES = 64;

    private final HttpLimits limits;
    private final HttpClient client;
    private final Semaphore exchanges = new Semaphore(MOST_EXCHANGES);

    public HttpService(HttpLimits limits) {
        this.limits = limits;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(limits.connectTimeout())
                .executor(Thread::startVirtualThread)
                .build();
    }

    /// Sends a request, with our User-Agent.
    public HttpAnswer ask(HttpRequest.Builder question) {
        var request = question.header("Accept", "application/json").header("User-Agent", "facteur").build();
        var timeout = limits.timeout().toNanos();
        var startedAt = System.nanoTime();
        try {
            if (!exchanges.tryAcquire(timeout, TimeUnit.NANOSECONDS)) {
                return new HttpAnswer.Failed("%d exchanges were in progress for all of %s".formatted(MOST_EXCHANGES, limit()));
            }
            try {
                return exchange(request, timeout - (System.nanoTime() - startedAt));
            } finally {
                exchanges.release();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return new HttpAnswer.Failed("interrupted");
        }
    }

    /// Ends exchanges in progress.
    @Override
    public void close() {
        client.shutdownNow();
    }

    /// The client's own timeout ends with the header of the answer; this one doesn't.
    private HttpAnswer exchange(HttpRequest request, long nanos) throws InterruptedException {
        var response = client.sendAsync(request, _ -> new HttpBody(limits.answerBytes()));
        try {
            return new HttpAnswer.Came(response.get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException slow) {
            return new HttpAnswer.Failed("no whole answer within " + limit());
        } catch (ExecutionException failure) {
            return new HttpAnswer.Failed(sentence(failure.getCause() == null ? failure : failure.getCause()));
        } finally {
            // Closes the connection when the answer is not whole; does nothing when it is.
            response.cancel(true);
        }
    }

    private String limit() {
        return limits.timeout().toMillis() + " ms";
    }

    private String sentence(Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException _ -> "no connection within " + limits.connectTimeout().toMillis() + " ms";
            case ConnectException e when e.getCause() instanceof UnresolvedAddressException -> "the host is unknown";
            case ConnectException e -> "no connection: " + (e.getMessage() == null ? "refused" : e.getMessage());
            case SSLException e -> "no TLS: " + Reason.of(e);
            case IOException e -> "the exchange broke off: " + Reason.of(e);
            // The client throws these, too, for what a peer wrote: a length that is no number.
            default -> "the answer can't be read: " + Reason.of(cause);
        };
    }
}
