/// The program's entry point, and nothing else.
@org.jspecify.annotations.NullMarked
package facteur;
