@org.jspecify.annotations.NullMarked
package facteur.policy;
