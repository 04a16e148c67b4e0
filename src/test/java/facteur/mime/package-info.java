@org.jspecify.annotations.NullMarked
package facteur.mime;
