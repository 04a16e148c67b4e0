/// The parts of a letter (RFC 2045, RFC 2046): looked into only when a letter with 8-bit octets has to go where 7 bits
/// are all that is taken. Nothing is re-serialised: octets that need no change stay.
@org.jspecify.annotations.NullMarked
package facteur.mail.mime;
