package facteur.web;

/// Whether a request that changes something comes from a page of ours. Browsers say it themselves, so forms need no token, and none
/// goes stale while something is typed. Stateless.
public final class SameOrigin {
    private SameOrigin() {}

    /// Refuses what comes from elsewhere, with 403.
    public static void require(Request request) {
        if (!isMet(request)) {
            throw ProblemDetails.of(403, "origin.foreign", "", "a form must be sent from a page of this console").refused();
        }
    }

    /// Whether it changes nothing, or comes from a page of ours.
    public static boolean isMet(Request request) {
        return request.isSafe() || request.isFromOurPages();
    }
}
