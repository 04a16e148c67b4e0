/// Files that are on disk when it is said that they are, and nobody else's to read.
@org.jspecify.annotations.NullMarked
package facteur.platform.disk;
