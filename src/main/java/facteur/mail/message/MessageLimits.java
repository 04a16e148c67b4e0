package facteur.mail.message;

/// How large a letter and its parts may be, in octets.
///
/// @param messageBytes header and body together
/// @param headerBytes the header alone
/// @param headerFields how many fields the header may have
/// @param lineBytes one line of header or body, without its CRLF
/// @param memoryBytes a larger body goes to a file
public record MessageLimits(long messageBytes, int headerBytes, int headerFields, int lineBytes, int memoryBytes) {
    /// For letters of another size.
    public MessageLimits of(long otherMessageBytes) {
        return new MessageLimits(otherMessageBytes, headerBytes, headerFields, (int) Math.min(lineBytes, otherMessageBytes), memoryBytes);
    }
}
