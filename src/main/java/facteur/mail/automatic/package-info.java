/// What letters that the relay writes itself have in common (RFC 3834): their header, and their sentences in each language.
@org.jspecify.annotations.NullMarked
package facteur.mail.automatic;
