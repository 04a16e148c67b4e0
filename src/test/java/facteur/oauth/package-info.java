@org.jspecify.annotations.NullMarked
package facteur.oauth;
