/// Access tokens (RFC 6749): asked for at a token service, shared, renewed before they expire.
@org.jspecify.annotations.NullMarked
package facteur.platform.oauth;
