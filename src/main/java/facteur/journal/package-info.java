/// The record of events: what happened to a letter, in a closed vocabulary, one line each. No bodies, no secrets.
@org.jspecify.annotations.NullMarked
package facteur.journal;
