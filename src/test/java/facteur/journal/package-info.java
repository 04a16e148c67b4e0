@org.jspecify.annotations.NullMarked
package facteur.journal;
