/// One target per parser of foreign bytes. `mvn test` replays the seeds; `JAZZER_FUZZ=1 mvn test -Dtest=NAME` looks for
/// new ones.
@org.jspecify.annotations.NullMarked
package facteur.fuzz;
