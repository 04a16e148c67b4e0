package facteur.console;

/// What is wrong with one field of a form, in the words that stand both beside it and in the box above the form.
///
/// @param field the id of the field; empty when it is about the form as a whole
public record FieldProblem(String field, String message) {}
