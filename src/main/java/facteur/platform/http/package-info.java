/// Requests to a web service, bounded in time and size. Its failures are results, never thrown.
@org.jspecify.annotations.NullMarked
package facteur.platform.http;
