@org.jspecify.annotations.NullMarked
package facteur.junit;
