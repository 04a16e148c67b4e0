/// What failed, in words for an operator.
@org.jspecify.annotations.NullMarked
package facteur.platform.failure;
