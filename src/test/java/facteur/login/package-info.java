@org.jspecify.annotations.NullMarked
package facteur.login;
