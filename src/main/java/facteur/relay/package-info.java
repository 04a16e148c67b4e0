/// The daemon, assembled: its configuration, the parts made from it, their start, reload and stop.
@org.jspecify.annotations.NullMarked
package facteur.relay;
