/// Mail at rest. A letter that was accepted is here until it is relayed, bounced or removed, and its row stays as the
/// message log. Callers log what happened; the spool only returns it.
@org.jspecify.annotations.NullMarked
package facteur.spool;
