package facteur.upstream;

import facteur.platform.disk.Descriptors;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A connection that can't be used any more, and why. Stays inside the package: attempts end in an [Outcome].
final class LostConnection extends Exception {
    /// In what way it was lost.
    enum Manner {
        /// The other side ended it: end of stream, reset, 421 (RFC 5321 §3.8).
        CUT,
        /// It said nothing in time.
        SILENT,
        /// It said something that is no SMTP.
        GARBLED
    }

    private final transient FailureCause reason;
    private final Manner manner;

    LostConnection(Manner manner, FailureCause reason) {
        this(manner, reason, null);
    }

    private LostConnection(Manner manner, FailureCause reason, @Nullable Throwable origin) {
        super(reason.toString(), origin);
        this.reason = reason;
        this.manner = manner;
    }

    /// By what is no reply.
    static LostConnection garbled(String response) {
        return new LostConnection(Manner.GARBLED, trouble(new IOException("not an SMTP reply: " + response)));
    }

    /// From what a library or a socket threw; the innermost exception knows best.
    static LostConnection from(Throwable thrown) {
        var origin = thrown;
        for (var inner = thrown.getCause(); inner != null; inner = inner.getCause()) {
            origin = inner;
        }
        var manner = origin instanceof SocketTimeoutException ? Manner.SILENT : Manner.CUT;
        return new LostConnection(manner, cause("", origin), thrown);
    }

    /// Of what was thrown, with what was being done.
    static FailureCause cause(String doing, Throwable thrown) {
        var what = doing + trouble(thrown).what();
        return Descriptors.areMissing(thrown) ? new FailureCause.Shortage(what) : new FailureCause.Trouble(what);
    }

    FailureCause reason() {
        return reason;
    }

    Manner manner() {
        return manner;
    }

    /// One line that says what was thrown.
    static FailureCause.Trouble trouble(Throwable thrown) {
        var message = thrown.getMessage();
        var text = message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message.strip();
        return new FailureCause.Trouble(text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .limit(400)
                .mapToObj(Character::toString)
                .collect(Collectors.joining()));
    }
}
