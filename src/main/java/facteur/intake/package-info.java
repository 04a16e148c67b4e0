/// The synchronous pass: from a letter as an app submitted it to a letter on disk, or to the reply that says why not.
@org.jspecify.annotations.NullMarked
package facteur.intake;
