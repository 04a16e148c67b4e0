/// Whose name we may use: which domains an office has proved to be its own.
@org.jspecify.annotations.NullMarked
package facteur.domain;
