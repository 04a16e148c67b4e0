/// The Authenticated Received Chain (RFC 8617): what hosts on a letter's way say of its signatures, and our own word, sealed.
@org.jspecify.annotations.NullMarked
package facteur.mail.arc;
