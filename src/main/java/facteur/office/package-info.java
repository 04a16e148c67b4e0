/// What an office wants: its settings, its relation cards and their roles, as values without a source.
@org.jspecify.annotations.NullMarked
package facteur.office;
