@org.jspecify.annotations.NullMarked
package facteur.platform.config;
