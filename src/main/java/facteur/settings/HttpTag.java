package facteur.settings;

import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An entity tag (RFC 9110 §8.8.3): names a version of what a service holds. Immutable.
///
/// @param field as it was sent, quotes and all
/// @param version what stands between the quotes
record HttpTag(String field, String version) {
    private static final Pattern FORM = Pattern.compile("(?:W/)?\"([\\x21\\x23-\\x7E]{1,128})\"");

    /// @return empty when there is no tag, more than one, or one we don't want to repeat
    static Optional<HttpTag> of(HttpHeaders headers) {
        var fields = headers.allValues("ETag");
        return fields.size() == 1
                ? Optional.of(FORM.matcher(fields.getFirst())).filter(Matcher::matches).map(HttpTag::of)
                : Optional.empty();
    }

    private static HttpTag of(Matcher form) {
        return new HttpTag(form.group(), form.group(1));
    }
}
