@org.jspecify.annotations.NullMarked
package facteur.api;
