/// Pictures in `src/docs`, drawn from lists that tests keep.
@org.jspecify.annotations.NullMarked
package facteur.docs;
