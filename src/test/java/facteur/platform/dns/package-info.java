@org.jspecify.annotations.NullMarked
package facteur.platform.dns;
