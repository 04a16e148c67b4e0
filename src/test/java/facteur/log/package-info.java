@org.jspecify.annotations.NullMarked
package facteur.log;
