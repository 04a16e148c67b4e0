package facteur.mail.smtp;

/// What came of reading the arguments of a command: their values, or the reply that says what is wrong with them.
public sealed interface Parsed<T> {
    record Good<T>(T value) implements Parsed<T> {}

    record Bad<T>(Reply reply) implements Parsed<T> {}
}
