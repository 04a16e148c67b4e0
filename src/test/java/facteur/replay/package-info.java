@org.jspecify.annotations.NullMarked
package facteur.replay;
