/// Giving back: the report that a letter could not be relayed (RFC 3464).
@org.jspecify.annotations.NullMarked
package facteur.bounce;
