/// A letter with its envelope and its queue id: what intake hands to the spool, and the spool to an upstream. Immutable
/// values.
@org.jspecify.annotations.NullMarked
package facteur.mail.letter;
