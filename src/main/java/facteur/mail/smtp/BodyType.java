package facteur.mail.smtp;

/// Whether a body holds octets over 127, and the BODY parameter of MAIL that says so (RFC 6152 §3). BINARYMIME is not offered.
public enum BodyType {
    SEVEN_BIT("7BIT"),
    EIGHT_BIT("8BITMIME");

    private final String word;

    BodyType(String word) {
        this.word = word;
    }

    /// As MAIL writes it.
    public String word() {
        return word;
    }
}
