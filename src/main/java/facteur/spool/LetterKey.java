package facteur.spool;

import java.time.Duration;

/// What a letter is known by, as its app named it. Both are digests, so no address can be read from what is kept of it.
///
/// @param digest of the app, its office and the name; of what is compared as well where a name alone isn't enough
/// @param content of what must be the same under that name
/// @param window for how long the name stands for that letter
public record LetterKey(String digest, String content, Duration window) {}
