@org.jspecify.annotations.NullMarked
package facteur.backup;
