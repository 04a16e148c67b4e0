/// The operator's command: one class a verb. What a verb needs of the daemon, it asks of [facteur.cli.Program].
@org.jspecify.annotations.NullMarked
package facteur.cli;
