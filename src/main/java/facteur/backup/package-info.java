/// The state in one file, and back.
@org.jspecify.annotations.NullMarked
package facteur.backup;
