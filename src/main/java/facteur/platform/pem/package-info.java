/// Files of PEM blocks (RFC 7468), and the private key in one.
@org.jspecify.annotations.NullMarked
package facteur.platform.pem;
