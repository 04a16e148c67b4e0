/// Settings of offices and their cards, kept in the spool's database: written by console, API and command line, with every
/// version before; seen by all nodes.
@org.jspecify.annotations.NullMarked
package facteur.store;
