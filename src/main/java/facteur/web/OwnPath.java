package facteur.web;

import java.util.regex.Pattern;

/// Whether a text is a path of ours, to which a browser may be sent: not `//evil.example` or `/\evil.example`, which browsers take for
/// another host. Stateless.
public final class OwnPath {
    private static final int LONGEST = 2000;

    /// What a path and a query are written with (RFC 3986 §3.3, §3.4).
    private static final Pattern FORM = Pattern.compile("/(?!/)[A-Za-z0-9._~!$&'()*+,;=:@/%-]*(?:\\?[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*)?");

    private OwnPath() {}

    public static boolean isOne(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }
}
