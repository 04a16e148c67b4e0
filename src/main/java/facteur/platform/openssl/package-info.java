/// Signatures by OpenSSL, where the system has it: the same octets as Java's, in a fraction of the time.
///
/// Nothing depends on it: without OpenSSL, Java signs.
@org.jspecify.annotations.NullMarked
package facteur.platform.openssl;
