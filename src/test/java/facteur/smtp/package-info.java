@org.jspecify.annotations.NullMarked
package facteur.smtp;
