@org.jspecify.annotations.NullMarked
package facteur.warmup;
