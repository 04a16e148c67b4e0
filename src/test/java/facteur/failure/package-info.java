@org.jspecify.annotations.NullMarked
package facteur.failure;
