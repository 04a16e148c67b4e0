@org.jspecify.annotations.NullMarked
package facteur.message;
