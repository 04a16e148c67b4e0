@org.jspecify.annotations.NullMarked
package facteur.config;
