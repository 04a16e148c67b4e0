/// Monitoring and controlling a running daemon over HTTP: health, metrics, status, reload, cache eviction.
@org.jspecify.annotations.NullMarked
package facteur.admin;
