/// The daemon, assembled: its configuration, the parts that a configuration makes, their start, reload and stop.
@org.jspecify.annotations.NullMarked
package facteur.relay;
