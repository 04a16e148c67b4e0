@org.jspecify.annotations.NullMarked
package facteur.bounce;
