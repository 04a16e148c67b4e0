/// The relay inside a test: for tests of apps that send through it, and for our own end-to-end tests. Comes in a jar of
/// its own, classifier `junit`.
@org.jspecify.annotations.NullMarked
package facteur.junit;
