package facteur.spool;

import java.time.Duration;

/// What a letter is known by, as its app named it. Both are digests, so no address can be read from what is kept of it.
///
/// @param hash the first 64 bits of a digest of the app, its office and the name; and of what is compared as well where a name alone isn't
///     enough
/// @param digest the others
/// @param content of what must be the same under that name; empty where the digest holds it
/// @param window for how long the name stands for that letter
public record LetterKey(long hash, String digest, String content, Duration window) {}
