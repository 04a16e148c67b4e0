/// Backup of the state into one file, and restore.
@org.jspecify.annotations.NullMarked
package facteur.backup;
