/// SMTP toward the smarthost, and the upstreams that stand in for one. What a peer does is returned, never thrown; the
/// only package that knows Angus Mail.
@org.jspecify.annotations.NullMarked
package facteur.upstream;
