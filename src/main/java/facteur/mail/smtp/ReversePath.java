package facteur.mail.smtp;

/// Where a bounce goes (RFC 5321 §4.1.1.2): an address, or nowhere for mail that is itself a bounce.
public sealed interface ReversePath {
    ReversePath NULL = new Null();

    /// `<>`: never bounced to.
    record Null() implements ReversePath {
        @Override
        public int memoryBytes() {
            return 0;
        }

        @Override
        public String toString() {
            return "<>";
        }
    }

    record Path(Address address) implements ReversePath {
        @Override
        public int memoryBytes() {
            return TextMemory.OBJECT_BYTES + address.memoryBytes();
        }

        @Override
        public String toString() {
            return "<" + address + ">";
        }
    }

    /// About how many octets of memory it takes.
    int memoryBytes();

    static ReversePath of(Address address) {
        return new Path(address);
    }

    /// Reads the form that [#toString] writes.
    ///
    /// @throws IllegalArgumentException when it is neither `<>` nor an address in angle brackets
    static ReversePath of(String text) {
        if (!text.startsWith("<") || !text.endsWith(">")) {
            throw new IllegalArgumentException("not a reverse-path: " + text);
        }
        return text.equals("<>") ? NULL : new Path(Address.stored(text.substring(1, text.length() - 1)));
    }
}
