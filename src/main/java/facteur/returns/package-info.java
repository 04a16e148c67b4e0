/// What comes back to a return address: taken at a port of its own, read, kept in the log, and told or relayed to the people it
/// concerns.
@org.jspecify.annotations.NullMarked
package facteur.returns;
