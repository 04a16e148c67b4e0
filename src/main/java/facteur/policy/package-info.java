/// The rules: which address a letter is from, and where replies to it go. Pure functions over records; no input throws.
@org.jspecify.annotations.NullMarked
package facteur.policy;
