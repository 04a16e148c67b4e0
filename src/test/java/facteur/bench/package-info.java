/// How fast it is: JMH benchmarks, and measures that JMH doesn't fit; and whether it loses anything when it is killed. No test runs them;
/// `src/docs/performance.md` says how to.
@org.jspecify.annotations.NullMarked
package facteur.bench;
