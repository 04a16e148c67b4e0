package facteur.listener;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Looks for a lone dot between line ends other than CRLF, from an app that ends its commands with them. The app waits for the
/// reply to its letter then, but the letter has not ended: only CRLF, dot, CRLF ends one. The stream ends here, so that the
/// reply says so at once. What follows is never read, neither as a letter nor as commands.
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
