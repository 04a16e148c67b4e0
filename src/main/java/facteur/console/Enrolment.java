package facteur.console;

import facteur.access.Totp;
import facteur.access.TotpSecret;
import io.nayuki.qrcodegen.QrCode;
import java.net.URI;

/// What an authenticator is to learn, as a picture and as text. Immutable.
///
/// @param secret in groups of four, for those who type it
/// @param size of the picture, in modules
/// @param path of the picture's dark modules, as SVG draws it
public record Enrolment(String secret, int size, String path) {
    private static final int QUIET = 4;

    /// @param login whose it is
    /// @param url of the console: its host tells one relay from another in a list
    static Enrolment of(TotpSecret secret, String login, URI url) {
        var code = QrCode.encodeText(Totp.uri(secret, "facteur " + url.getHost(), login), QrCode.Ecc.MEDIUM);
        return new Enrolment(secret.base32().replaceAll("(.{4})(?=.)", "$1 "), code.size + 2 * QUIET, path(code));
    }

    private static String path(QrCode code) {
        var path = new StringBuilder();
        for (var y = 0; y < code.size; y++) {
            for (var x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M').append(x + QUIET).append(',').append(y + QUIET).append("h1v1h-1z");
                }
            }
        }
        return path.toString();
    }
}
