package facteur.console;

/// What is wrong with one line of a file. Immutable.
///
/// @param line counted from 1; 0 when the file as a whole is meant
/// @param column its label; empty when the line as a whole is meant
/// @param right what would be right; empty when that can't be guessed
public record ImportProblem(int line, String column, String what, String right) {}
