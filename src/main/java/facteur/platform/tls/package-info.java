/// Certificates and keys: read from PEM files, kept for the next handshake, watched for their end.
@org.jspecify.annotations.NullMarked
package facteur.platform.tls;
