@org.jspecify.annotations.NullMarked
package facteur.cli;
