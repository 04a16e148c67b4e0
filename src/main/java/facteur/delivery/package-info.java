/// The life of a letter after its 250: claimed when due, tried, tried again by schedule, and in the end relayed or given
/// back.
@org.jspecify.annotations.NullMarked
package facteur.delivery;
