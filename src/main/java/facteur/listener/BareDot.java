package facteur.listener;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Looks for a lone dot between other line ends than CRLF, from an app that ends its commands with others. It waits for the
/// answer to its letter then, which has not ended: only CRLF, dot, CRLF ends one. Here the stream ends, so that the app is
/// told so at once. What comes behind is never read, as a letter or as commands.
///
/// For one letter, on one thread.
final class BareDot extends FilterInputStream {
    private final CommandLines.LineEnd lineEnd;

    private enum Line {
        EMPTY,
        DOT,
        TEXT
    }

    private Line line = Line.EMPTY;

    /// At the end of what was read of the line.
    private int returns;

    private boolean followsCrlf = true;
    private boolean isSeen;

    /// @param lineEnd of the app's commands: with CRLF a dot between others is text
    BareDot(InputStream in, CommandLines.LineEnd lineEnd) {
        super(in);
        this.lineEnd = lineEnd;
    }

    boolean isSeen() {
        return isSeen;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        var count = isSeen ? -1 : super.read(octets, offset, length);
        if (lineEnd == CommandLines.LineEnd.OTHER) {
            for (var i = offset; i < offset + count && !isSeen; i++) {
                look(octets[i]);
            }
        }
        return isSeen ? -1 : count;
    }

    private void look(byte octet) {
        switch (octet) {
            case '\n' -> {
                isSeen = line == Line.DOT && !(followsCrlf && returns == 1);
                followsCrlf = returns == 1;
                line = Line.EMPTY;
                returns = 0;
            }
            case '\r' -> returns++;
            default -> {
                line = octet == '.' && line == Line.EMPTY && returns == 0 ? Line.DOT : Line.TEXT;
                returns = 0;
            }
        }
    }
}
