/// Questions to the DNS, and answers that say how sure they are.
@org.jspecify.annotations.NullMarked
package facteur.platform.dns;
