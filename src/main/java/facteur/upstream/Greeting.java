package facteur.upstream;

import java.util.Optional;

/// What a host says before there is talk of letters, word for word, lines ended by a line feed.
///
/// @param greeting its first reply
/// @param ehlo its last reply to EHLO: over TLS, when there is TLS
/// @param extensions what that reply comes to
record Greeting(Optional<String> greeting, Optional<String> ehlo, Extensions extensions) {
    static final Greeting NONE = new Greeting(Optional.empty(), Optional.empty(), Extensions.NONE);
}
