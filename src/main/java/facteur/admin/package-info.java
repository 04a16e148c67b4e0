/// Watching and steering a running daemon over HTTP: its health, its meters, a reload, a forgetful cache.
@org.jspecify.annotations.NullMarked
package facteur.admin;
