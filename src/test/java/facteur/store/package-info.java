@org.jspecify.annotations.NullMarked
package facteur.store;
