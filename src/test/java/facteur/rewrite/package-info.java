@org.jspecify.annotations.NullMarked
package facteur.rewrite;
