package facteur.platform.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Takes the octets of one answer as they come, and hangs up on one that is too large. They are copied: a buffer handed
/// in may be much larger than what it brings, and a peer that sends octet by octet would make us hold many.
///
/// For one exchange; its calls come one after another.
final class HttpBody implements BodySubscriber<Optional<ByteBuffer>> {
    private static final int FIRST_OCTETS = 1024;

    private final int limit;
    private final CompletableFuture<Optional<ByteBuffer>> body = new CompletableFuture<>();
    private ByteBuffer octets = ByteBuffer.allocate(0);
    private Flow.@Nullable Subscription subscription;

    /// @param limit octets
    HttpBody(int limit) {
        this.limit = limit;
    }

    /// Empty when there was more than the limit.
    @Override
    public CompletionStage<Optional<ByteBuffer>> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        for (var part : parts) {
            if (body.isDone()) {
                return;
            }
            append(part);
        }
    }

    private void append(ByteBuffer part) {
        if (part.remaining() > limit - octets.position()) {
            octets = ByteBuffer.allocate(0);
            body.complete(Optional.empty());
            if (subscription != null) {
                subscription.cancel();
            }
            return;
        }
        if (part.remaining() > octets.remaining()) {
            var needed = octets.position() + part.remaining();
            var doubled = Math.max(FIRST_OCTETS, 2L * octets.capacity());
            octets = ByteBuffer.allocate((int) Math.min(limit, Math.max(needed, doubled))).put(octets.flip());
        }
        octets.put(part);
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(Optional.of(octets.flip()));
    }
}
