/// What a letter costs, in things that a busy machine counts as well as a quiet one, and what it may cost:
/// `src/docs/performance.md` says how to read a failure, and how to change the budget.
@org.jspecify.annotations.NullMarked
package facteur.budget;
