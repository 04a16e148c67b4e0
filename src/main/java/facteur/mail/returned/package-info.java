/// Reads what came to a return address: told apart by form, never by the words of a language. Bounces are read by a
/// reader of lines of our own, which takes what real hosts write; nothing of a returned letter is believed.
@org.jspecify.annotations.NullMarked
package facteur.mail.returned;
