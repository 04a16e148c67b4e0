@org.jspecify.annotations.NullMarked
package facteur.dkim;
