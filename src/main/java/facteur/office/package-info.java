/// The settings of an office, its relation cards and their roles, as values, without the sources they come from.
@org.jspecify.annotations.NullMarked
package facteur.office;
