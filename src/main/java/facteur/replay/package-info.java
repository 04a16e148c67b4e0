/// A change of settings, tried on past letters: what the office's last letters would have got by a draft, compared with what they
/// would get by its settings. Nothing is written, and past letters stay as they are.
@org.jspecify.annotations.NullMarked
package facteur.replay;
