/// One database: connections, transactions, migrations. What the tables mean is told where they are used.
@org.jspecify.annotations.NullMarked
package facteur.platform.database;
