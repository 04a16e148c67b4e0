@org.jspecify.annotations.NullMarked
package facteur.explain;
