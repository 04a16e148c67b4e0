/// Writes a decision into a header. Fields that no rule names stay byte for byte; the body is not touched.
@org.jspecify.annotations.NullMarked
package facteur.rewrite;
