/// One database: connections, transactions, migrations. What the tables mean stands where they are used.
@org.jspecify.annotations.NullMarked
package facteur.platform.database;
