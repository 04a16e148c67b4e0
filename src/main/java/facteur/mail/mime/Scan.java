package facteur.mail.mime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Reads a body as a row of lines, keeps in mind which multiparts are open, and notes what must change to make it 7-bit.
///
/// A line counts as the boundary of the innermost multipart that it is one of. Where readers are known to differ, the octets
/// may stay but not be changed: the letter is unfit when there is an 8-bit one among them.
///
/// One thread; used once. Memory is bounded by the number of parts that are noted.
final class Scan implements LineStream.Lines {
    /// What came of it.
    sealed interface Found {
        /// Nothing to encode.
        record Nothing() implements Found {}

        /// @param why nothing can be
        record Obstacle(String why) implements Found {}

        /// @param edits of the body
        /// @param label of the letter itself, for Content-Transfer-Encoding; empty: it stays
        record Plan(List<Edit> edits, Optional<String> label) implements Found {}
    }

    /// Where the scan is.
    private sealed interface Place {
        record InHeader(PartHeader header) implements Place {}

        record InContent(long from, Content content, Labelling labelling) implements Place {}

        /// Before the first part of a multipart, in what no mail program shows.
        record Before(long from, Content prose, Multipart multipart) implements Place {}

        /// Behind its last part.
        record Behind(long from, Content prose, Multipart multipart) implements Place {}
    }

    /// Writes another Content-Transfer-Encoding above a part.
    @FunctionalInterface
    private interface Labelling {
        void write(String encoding);
    }

    private static final int PARTS = 10_000;
    private static final int DEPTH = 100;
    private static final String LOOKALIKE = "a line near 8-bit octets looks like a boundary";

    private final Deque<Multipart> open = new ArrayDeque<>();
    private final List<Edit> edits = new ArrayList<>();
    private Optional<String> label = Optional.empty();
    private Optional<String> obstacle = Optional.empty();
    private boolean isConverting;
    private int parts;
    private Place place;

    /// @param letter what its own header says
    Scan(Labels letter) {
        place = enter(0, letter, letter.type(ContentType.TEXT), encoding -> label = Optional.of(encoding));
    }

    @Override
    public void begin(long at, byte[] octets, int from, int to) {
        if (isCrossing(at, octets, from, to)) {
            return;
        }
        switch (place) {
            case Place.InHeader(var header) -> {
                switch (header.line(at, octets, from, to)) {
                    case OF_HEADER -> {}
                    case END -> place = enter(at + to - from, header);
                    case OF_BODY -> {
                        header.labels().doubt("the header of a part runs into its text");
                        place = enter(at, header);
                        more(octets, from, to);
                    }
                }
            }
            case Place.InContent ignored -> more(octets, from, to);
            case Place.Before ignored -> more(octets, from, to);
            case Place.Behind ignored -> more(octets, from, to);
        }
    }

    @Override
    public void more(byte[] octets, int from, int to) {
        switch (place) {
            case Place.InHeader(var header) -> header.more(to - from);
            case Place.InContent(_, var content, _) -> content.take(octets, from, to);
            case Place.Before(_, var prose, _) -> prose.take(octets, from, to);
            case Place.Behind(_, var prose, _) -> prose.take(octets, from, to);
        }
    }

    /// The body ends here.
    Found finish(long sizeBytes) {
        leave(sizeBytes, Optional.empty());
        if (obstacle.isPresent()) {
            return new Found.Obstacle(obstacle.get());
        }
        return isConverting ? new Found.Plan(edits, label) : new Found.Nothing();
    }

    /// Whether the line is a boundary; then another part has begun, or the last one ended.
    private boolean isCrossing(long at, byte[] octets, int from, int to) {
        if (to - from < 3 || octets[from] != '-' || octets[from + 1] != '-') {
            return false;
        }
        var end = to;
        while (end > from && octets[end - 1] <= ' ' && octets[end - 1] >= 0) {
            end--;
        }
        var isDoubtful = false;
        for (var multipart : open) {
            switch (multipart.line(octets, from + 2, end)) {
                case DELIMITER -> {
                    close(at, multipart);
                    place = header(at + to - from, PartHeader.Kind.PART, multipart.standard());
                    return true;
                }
                case CLOSE_DELIMITER -> {
                    if (place instanceof Place.Before(_, var prose, var empty) && empty == multipart) {
                        // Some readers show it then.
                        prose.obstacle("a multipart with 8-bit octets has no parts");
                    }
                    close(at, multipart);
                    open.pop();
                    place = new Place.Behind(at + to - from, prose(), multipart);
                    return true;
                }
                case LOOKALIKE -> isDoubtful = true;
                case OTHER -> {}
            }
        }
        doubt(isDoubtful, octets, from + 2, end);
        return false;
    }

    /// Where a line looks like a boundary, some readers take it for one.
    private void doubt(boolean isLookalike, byte[] octets, int from, int to) {
        switch (place) {
            case Place.InContent(_, var content, _) when isLookalike -> content.obstacle(LOOKALIKE);
            case Place.Before(_, var prose, _) when isLookalike -> prose.obstacle(LOOKALIKE);
            case Place.Behind(_, var prose, var multipart) when multipart.line(octets, from, to) != Multipart.Line.OTHER ->
                prose.obstacle("a multipart with 8-bit octets goes on behind its end");
            case Place ignored -> {}
        }
    }

    /// Ends what is open within a multipart.
    private void close(long boundaryAt, Multipart multipart) {
        leave(boundaryAt, Optional.of(multipart));
        while (open.getFirst() != multipart) {
            open.pop();
        }
    }

    /// Ends the part that is being read: what must change in it is known now.
    ///
    /// @param by whose boundary ends it; empty: the end of the letter
    private void leave(long at, Optional<Multipart> by) {
        switch (place) {
            case Place.InHeader ignored -> {}
            case Place.InContent(var from, var content, var labelling) -> {
                // The CRLF before a boundary belongs to it (RFC 2046 §5.1.1).
                var to = by.isPresent() ? Math.max(from, at - 2) : at;
                if (content.isWide()) {
                    encode(from, to, content, labelling);
                    if (by.isEmpty() && content.coding() == SevenBitEncoding.BASE64) {
                        edits.add(new Edit.Replaced(at, at, "\r\n"));
                    }
                } else if (content.isLabelledTooWide()) {
                    labelling.write("7bit");
                }
            }
            case Place.Before(var from, var prose, var multipart) -> {
                if (by.isEmpty() || by.get() != multipart) {
                    prose.obstacle("the boundary of a multipart is missing");
                }
                mask(from, at, prose);
            }
            case Place.Behind(var from, var prose, _) -> mask(from, at, prose);
        }
    }

    private void mask(long from, long to, Content prose) {
        if (prose.isWide()) {
            change(from, to, prose, SevenBitEncoding.MASKED);
        }
    }

    private void encode(long from, long to, Content content, Labelling labelling) {
        if (content.obstacle().isEmpty()) {
            labelling.write(content.coding().label());
        }
        change(from, to, content, content.coding());
    }

    private void change(long from, long to, Content content, SevenBitEncoding coding) {
        content.obstacle().ifPresentOrElse(this::obstacle, () -> {
            edits.add(new Edit.Encoded(from, to, coding));
            isConverting = true;
        });
    }

    private void obstacle(String why) {
        obstacle = obstacle.or(() -> Optional.of(why));
    }

    private Place enter(long at, PartHeader header) {
        return enter(at, header.labels(), header.type(), encoding -> edits.addAll(header.labelled(encoding)));
    }

    /// @param at where the body of a part begins
    private Place enter(long at, Labels labels, ContentType type, Labelling labelling) {
        var encoding = labels.encoding();
        if (labels.doubt().isPresent()) {
            return new Place.InContent(at, new Content(type, encoding, labels.doubt()), labelling);
        }
        if (type.main().equals("multipart")) {
            return enterMultipart(at, type, encoding, labelling);
        }
        if ((type.is("message", "rfc822") || type.is("message", "news")) && encoding.isIdentity()) {
            narrow(encoding, labelling);
            return header(at, PartHeader.Kind.LETTER, ContentType.TEXT);
        }
        return new Place.InContent(at, new Content(type, encoding, unencodable(type)), labelling);
    }

    private Place enterMultipart(long at, ContentType type, TransferEncoding encoding, Labelling labelling) {
        var why = sealed(type);
        if (why.isPresent()) {
            return new Place.InContent(at, new Content(type, TransferEncoding.NONE, why), labelling);
        }
        narrow(encoding, labelling);
        var multipart = new Multipart(type);
        open.push(multipart);
        return new Place.Before(at, prose(), multipart);
    }

    private static Content prose() {
        return new Content(ContentType.TEXT, TransferEncoding.NONE, Optional.empty());
    }

    /// None of its parts has 8 bits in the end.
    private static void narrow(TransferEncoding encoding, Labelling labelling) {
        if (encoding == TransferEncoding.WIDE) {
            labelling.write("7bit");
        }
    }

    private Place header(long at, PartHeader.Kind kind, ContentType standard) {
        parts++;
        if (parts > PARTS) {
            open.clear();
            return new Place.InContent(
                    at,
                    new Content(standard, TransferEncoding.NONE, Optional.of("it has more than " + PARTS + " parts")),
                    _ -> {});
        }
        return new Place.InHeader(new PartHeader(at, kind, standard));
    }

    /// Why a multipart is left as one piece.
    private Optional<String> sealed(ContentType type) {
        if (type.sub().equals("signed") || type.sub().equals("encrypted")) {
            // RFC 1847 §2.1: not a single octet may change.
            return Optional.of("a part that is " + type.sub() + " holds 8-bit octets");
        }
        if (type.boundary().isEmpty()) {
            return Optional.of("the boundary of a multipart can't be read for certain");
        }
        if (open.size() == DEPTH) {
            return Optional.of("its parts are nested deeper than " + DEPTH);
        }
        if (open.stream().anyMatch(outer -> outer.isConfusableWith(type))) {
            // What the lines that follow belong to is unknown.
            open.clear();
            return Optional.of("two multiparts within each other have one boundary");
        }
        return Optional.empty();
    }

    /// Of the types that describe letters, only those for UTF-8 may be encoded (RFC 2046 §5.2, RFC 6532 §3.7, RFC 6533 §5).
    private static Optional<String> unencodable(ContentType type) {
        return type.main().equals("message") && !type.sub().startsWith("global") && !type.is("message", "rfc822")
                ? Optional.of("a part message/" + type.sub() + " holds 8-bit octets, and can't be encoded")
                : Optional.empty();
    }
}
