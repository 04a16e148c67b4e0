/// Asking somebody's web service: bounded in time and size, what it does returned and never thrown.
@org.jspecify.annotations.NullMarked
package facteur.platform.http;
