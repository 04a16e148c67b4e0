@org.jspecify.annotations.NullMarked
package facteur.access;
