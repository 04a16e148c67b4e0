package facteur.web;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Takes the body of an answer from what writes it. Closing it only flushes: the end of the stream is the end of the answer, which
/// it has when all went well. One thread.
final class AnswerStream extends BufferedOutputStream {
    private static final int PIECE = 16_384;

    AnswerStream(OutputStream body) {
        super(body, PIECE);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
