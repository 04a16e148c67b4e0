/// Certificates and keys: read from PEM files, held for the next handshake, watched for their expiry.
@org.jspecify.annotations.NullMarked
package facteur.platform.tls;
