/// The daemon, assembled: the only package that knows all the others.
@org.jspecify.annotations.NullMarked
package facteur;
