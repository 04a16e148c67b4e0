/// JSON (RFC 8259): written for other programs, and read from them.
@org.jspecify.annotations.NullMarked
package facteur.platform.json;
