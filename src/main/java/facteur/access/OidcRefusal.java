package facteur.access;

import facteur.platform.config.Word;

/// Why a sign-in at the provider came to nothing, for pages and for the log.
public enum OidcRefusal {
    /// No provider is configured any more.
    OFF,
    /// It was begun in another browser, or the cookie is gone.
    BROWSER,
    /// It was finished before, or began too long ago.
    STATE,
    /// The answer is another provider's.
    ISSUER,
    /// The provider said no: the person gave up, or may not use it.
    DENIED,
    /// The provider can't be reached, or doesn't speak as it should.
    PROVIDER,
    /// Its token isn't good for this sign-in.
    TOKEN,
    /// The person is known, and has no access here.
    NO_ACCESS;

    public String word() {
        return Word.of(this);
    }

    @Override
    public String toString() {
        return word();
    }
}
