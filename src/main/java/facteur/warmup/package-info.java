/// A day of a relay in miniature, for `bin/warm-up`: apps, upstreams, and people who look at pages, all on loopback.
@org.jspecify.annotations.NullMarked
package facteur.warmup;
