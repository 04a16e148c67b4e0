/// The report on what became of a letter: given back, mostly (RFC 3464).
@org.jspecify.annotations.NullMarked
package facteur.mail.bounce;
