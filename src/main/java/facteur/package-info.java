/// The daemon, assembled: knows all packages but that for tests.
@org.jspecify.annotations.NullMarked
package facteur;
