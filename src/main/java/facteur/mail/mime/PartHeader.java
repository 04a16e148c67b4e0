package facteur.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The header of a part, or of an attached letter, while it is read: where it is, and what it says of its body. One
/// thread.
final class PartHeader {
    /// What a line is.
    enum Line {
        OF_HEADER,
        /// The empty line.
        END,
        /// Of the body already.
        OF_BODY
    }

    /// What may stand there.
    enum Kind {
        PART,
        /// Perhaps with the line before it that mailbox files have.
        LETTER
    }

    private enum Name {
        TYPE("Content-Type"),
        ENCODING("Content-Transfer-Encoding"),
        VERSION("MIME-Version");

        private final String text;

        Name(String text) {
            this.text = text;
        }
    }

    private static final int VALUE_CHARACTERS = 8192;

    private record Place(long from, long to) {}

    private final Kind kind;
    private final ContentType standard;
    private final Labels labels = new Labels();
    private final List<Place> encodings = new ArrayList<>();
    private final StringBuilder value = new StringBuilder();
    private Optional<Name> name = Optional.empty();
    private boolean isFirst = true;
    private boolean hasVersion;
    private long fieldAt;
    private long end;
    private long afterType = -1;

    /// @param standard what the body is when no field says so
    PartHeader(long at, Kind kind, ContentType standard) {
        this.end = at;
        this.kind = kind;
        this.standard = standard;
    }

    Line line(long at, byte[] octets, int from, int to) {
        if (isEmpty(octets, from, to)) {
            endField();
            return Line.END;
        }
        var isContinued = octets[from] == ' ' || octets[from] == '\t';
        var colon = isContinued ? -1 : colon(octets, from, to);
        if (isContinued ? isFirst : colon < 0 && !isMailboxLine(octets, from, to)) {
            endField();
            return Line.OF_BODY;
        }
        if (!isContinued) {
            endField();
            fieldAt = at;
            name = colon < 0 ? Optional.empty() : name(new String(octets, from, colon - from, StandardCharsets.ISO_8859_1));
        }
        isFirst = false;
        end = at + to - from;
        if (name.isPresent()) {
            value.append(new String(octets, isContinued ? from : colon + 1, to - (isContinued ? from : colon + 1), StandardCharsets.ISO_8859_1));
            checkLength();
        }
        return Line.OF_HEADER;
    }

    /// More of the last line.
    void more(int octets) {
        end += octets;
        if (name.isPresent()) {
            labels.doubt("a field of a part is too long");
        }
    }

    private void checkLength() {
        if (value.length() > VALUE_CHARACTERS) {
            labels.doubt("a field of a part is too long");
            value.setLength(0);
        }
    }

    private void endField() {
        if (name.isPresent()) {
            var text = value.toString().replace("\r\n", "");
            switch (name.get()) {
                case TYPE -> {
                    labels.addType(text);
                    afterType = end;
                }
                case ENCODING -> {
                    labels.addEncoding(text);
                    encodings.add(new Place(fieldAt, end));
                }
                case VERSION -> hasVersion = true;
            }
        }
        name = Optional.empty();
        value.setLength(0);
    }

    /// Once the header has ended.
    Labels labels() {
        return labels;
    }

    ContentType type() {
        return labels.type(standard);
    }

    /// What changes when its body is encoded otherwise: the label in its place, or one behind the field of the type. To a
    /// letter it means something only with a MIME-Version (RFC 2045 §4).
    List<Edit> labelled(String encoding) {
        var version = kind == Kind.LETTER && !hasVersion ? "MIME-Version: 1.0\r\n" : "";
        var field = version + "Content-Transfer-Encoding: " + encoding + "\r\n";
        if (encodings.isEmpty()) {
            var at = afterType < 0 ? end : afterType;
            return List.of(new Edit.Replaced(at, at, field));
        }
        var edits = new ArrayList<Edit>();
        for (var place : encodings) {
            edits.add(new Edit.Replaced(place.from(), place.to(), edits.isEmpty() ? field : ""));
        }
        return edits;
    }

    private boolean isMailboxLine(byte[] octets, int from, int to) {
        var start = to - from > 1 && octets[from] == '>' ? from + 1 : from;
        return kind == Kind.LETTER
                && isFirst
                && to - start > 5
                && new String(octets, start, 5, StandardCharsets.ISO_8859_1).equals("From ");
    }

    private static boolean isEmpty(byte[] octets, int from, int to) {
        return from == to || to - from == 2 && octets[from] == '\r' && octets[from + 1] == '\n';
    }

    /// RFC 5322 §3.6.8, §4.5: where the colon behind the field's name is; -1 when the line starts no field.
    private static int colon(byte[] line, int from, int to) {
        var i = from;
        while (i < to && line[i] > ' ' && line[i] < 127 && line[i] != ':') {
            i++;
        }
        if (i == from) {
            return -1;
        }
        while (i < to && (line[i] == ' ' || line[i] == '\t')) {
            i++;
        }
        return i < to && line[i] == ':' ? i : -1;
    }

    private static Optional<Name> name(String text) {
        for (var name : Name.values()) {
            if (name.text.equalsIgnoreCase(text.strip())) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
