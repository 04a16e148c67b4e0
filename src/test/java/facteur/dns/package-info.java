@org.jspecify.annotations.NullMarked
package facteur.dns;
