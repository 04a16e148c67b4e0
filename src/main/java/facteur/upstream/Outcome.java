package facteur.upstream;

import facteur.smtp.Reply;

/// What became of one recipient in one attempt.
public sealed interface Outcome {
    /// The upstream is responsible now.
    record Relayed(Reply reply) implements Outcome {}

    /// Not now: to be tried again.
    record TempFailed(Stage stage, Cause cause) implements Outcome {}

    /// Never: the upstream said so.
    record PermFailed(Stage stage, Reply reply) implements Outcome {}

    /// The final dot went out and no reply came back: perhaps taken, perhaps not. Tried again, so perhaps doubled
    /// (RFC 1047).
    record InDoubt(Cause cause) implements Outcome {}
}
