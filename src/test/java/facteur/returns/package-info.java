@org.jspecify.annotations.NullMarked
package facteur.returns;
