@org.jspecify.annotations.NullMarked
package facteur.act;
