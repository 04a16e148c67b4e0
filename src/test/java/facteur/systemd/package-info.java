@org.jspecify.annotations.NullMarked
package facteur.systemd;
