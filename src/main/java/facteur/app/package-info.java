/// The apps that may submit letters: how each is recognised (network, certificate, login), and how much it may send.
@org.jspecify.annotations.NullMarked
package facteur.app;
