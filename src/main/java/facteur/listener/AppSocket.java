package facteur.listener;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// One connection of an app. Replies are held back until the session has read all that the app has sent so far, so that
/// those to a pipelined batch leave in one write (RFC 2920 §3.2).
final class AppSocket extends Socket {
    private @Nullable ReplyStream replies;

    @Override
    public InputStream getInputStream() throws IOException {
        var out = replies();
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                out.send();
                return super.read();
            }

            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                out.send();
                return super.read(octets, offset, length);
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return replies();
    }

    @Override
    public void close() throws IOException {
        var out = replies;
        if (out != null && !isClosed()) {
            try {
                out.send();
            } catch (IOException peerIsGone) {
                // Nobody is left to read it.
            }
        }
        super.close();
    }

    /// Closes without a word. Whoever is writing to an app that doesn't read gets an exception.
    void cut() throws IOException {
        super.close();
    }

    private synchronized ReplyStream replies() throws IOException {
        if (replies == null) {
            replies = new ReplyStream(super.getOutputStream());
        }
        return replies;
    }
}
