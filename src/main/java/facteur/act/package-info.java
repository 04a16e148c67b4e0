/// What operators change by commands, kept in the database and told by the log: who, what, how many letters.
@org.jspecify.annotations.NullMarked
package facteur.act;
