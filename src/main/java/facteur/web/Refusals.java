package facteur.web;

/// How a refusal looks to a person: 404, 405, 400, 403, 413, 415, 421, 429, 500, 503. Thread-safe.
///
/// Asked for every path outside of the API; there, and where this fails, a refusal is JSON.
@FunctionalInterface
public interface Refusals {
    /// What no page is made of.
    Refusals JSON = (_, why) -> why.answer();

    /// The page. Its status has to be that of the problem; fields such as Allow and Retry-After are added to it.
    ///
    /// @param head as it came: it may be odd, and its host not ours
    Answer page(RequestHead head, ProblemDetails why);
}
