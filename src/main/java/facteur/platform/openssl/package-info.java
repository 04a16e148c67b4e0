/// Signatures by OpenSSL, where the system has it: the same octets as Java's, in a fraction of the time.
///
/// Nothing depends on it being there: whoever signs has Java's way besides.
@org.jspecify.annotations.NullMarked
package facteur.platform.openssl;
