/// Files that are on disk when a method says so, and that only their owner can read.
@org.jspecify.annotations.NullMarked
package facteur.platform.disk;
