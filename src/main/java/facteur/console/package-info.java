/// Pages for people: what a browser shows, and what becomes of what they type. Texts and templates are resources; what is decided, is
/// decided here and below.
@org.jspecify.annotations.NullMarked
package facteur.console;
