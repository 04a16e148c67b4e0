/// Domain names beyond US-ASCII (RFC 5890 to 5893); the only package that imports ICU.
@org.jspecify.annotations.NullMarked
package facteur.platform.idna;
