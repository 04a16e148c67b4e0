/// Which upstream a letter leaves by: routes, their rules, and the upstreams that each of them opens.
@org.jspecify.annotations.NullMarked
package facteur.route;
