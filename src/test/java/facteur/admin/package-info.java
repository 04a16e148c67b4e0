@org.jspecify.annotations.NullMarked
package facteur.admin;
