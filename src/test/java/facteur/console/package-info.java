@org.jspecify.annotations.NullMarked
package facteur.console;
