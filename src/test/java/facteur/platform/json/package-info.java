@org.jspecify.annotations.NullMarked
package facteur.platform.json;
