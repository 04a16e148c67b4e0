/// The settings API: its paths, who may use which, and what each answers. [facteur.api.Api] has the table of all paths.
@org.jspecify.annotations.NullMarked
package facteur.api;
