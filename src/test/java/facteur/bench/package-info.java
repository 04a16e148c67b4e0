/// How fast it is: JMH benchmarks, and one measure that JMH doesn't fit. No test runs them; `src/docs/performance.md` says
/// how to.
@org.jspecify.annotations.NullMarked
package facteur.bench;
