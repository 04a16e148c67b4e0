@org.jspecify.annotations.NullMarked
package facteur.settings;
