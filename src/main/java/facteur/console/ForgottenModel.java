package facteur.console;

/// The page that asks for a link by mail. Immutable.
///
/// @param login or a mail address
public record ForgottenModel(TextField login) {}
