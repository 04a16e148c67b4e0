/// DomainKeys Identified Mail (RFC 6376): the keys of each domain, and the signatures made with them.
@org.jspecify.annotations.NullMarked
package facteur.mail.dkim;
