package facteur.mail.smtp;

/// How much memory text takes in Java, a little more rather than less.
final class TextMemory {
    /// Of an object with a few fields, and of what points to it.
    static final int OBJECT_BYTES = 40;

    /// The text itself and its array.
    private static final int FRAME_BYTES = 48;

    private TextMemory() {}

    static int bytes(String text) {
        // As Java keeps it: an octet a character, unless one of them needs two.
        var width = 1;
        for (var i = 0; i < text.length(); i++) {
            width = text.charAt(i) > 0xFF ? 2 : width;
        }
        return FRAME_BYTES + width * text.length();
    }
}
