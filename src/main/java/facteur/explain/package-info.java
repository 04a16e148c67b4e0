/// What a letter would get, by which rules, and how it would leave: for `facteur explain`, and for the API. Decides by the same
/// [facteur.intake.Decider] as the relay, by an office's settings or by a draft of them.
@org.jspecify.annotations.NullMarked
package facteur.explain;
