package facteur.mail.returned;

/// Takes lines without their ends; a long one comes in pieces. The octets are lent. One thread.
interface LineSink {
    /// A line, or as much of it as fits into a piece.
    void start(byte[] octets, int length);

    /// More of that line.
    void more(byte[] octets, int length);

    /// The line is whole.
    void endLine();

    /// There are no more lines.
    void finish();
}
