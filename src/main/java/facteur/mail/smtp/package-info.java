/// RFC 5321 as words: replies, paths, envelopes, parameters. Both the listener and the upstream speak with these;
/// neither owns them. Everything here is immutable and safe to share between threads.
@org.jspecify.annotations.NullMarked
package facteur.mail.smtp;
