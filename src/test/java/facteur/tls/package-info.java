@org.jspecify.annotations.NullMarked
package facteur.tls;
