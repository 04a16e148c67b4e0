package facteur.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A form as browsers send it without a file: `from=Jan+Janssens&reply=jan%40dupont.example` (URL Standard §5). Stateless.
final class UrlEncodedForm {
    private static final int ESCAPE = 3;

    private UrlEncodedForm() {}

    /// @throws RefusedException when it isn't one, or is too large
    static Form parse(byte[] body) {
        var budget = new FormBudget();
        budget.countOctets(body.length);
        var from = 0;
        while (from < body.length) {
            var end = indexOf(body, '&', from, body.length);
            if (end > from) {
                budget.countOne();
                var equals = indexOf(body, '=', from, end);
                var name = decode(body, from, equals);
                if (!FormBudget.isName(name)) {
                    throw FormBudget.unreadable("has a field without a name");
                }
                budget.add(name, equals == end ? "" : decode(body, equals + 1, end));
            }
            from = end + 1;
        }
        return budget.form(Optional.empty());
    }

    /// @return the end when it isn't there
    private static int indexOf(byte[] body, char wanted, int from, int end) {
        var at = from;
        while (at < end && body[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String decode(byte[] body, int from, int end) {
        var octets = ByteBuffer.allocate(end - from);
        for (var i = from; i < end; i++) {
            var c = (char) (body[i] & 0xFF);
            if (c == '%') {
                octets.put(escaped(body, i, end));
                i += ESCAPE - 1;
            } else if (c > ' ' && c <= '~') {
                octets.put((byte) (c == '+' ? ' ' : c));
            } else {
                throw unreadable();
            }
        }
        return FormBudget.text(octets.flip()).orElseThrow(UrlEncodedForm::unreadable);
    }

    private static byte escaped(byte[] body, int at, int end) {
        var hex = at + ESCAPE > end ? "" : new String(body, at + 1, ESCAPE - 1, StandardCharsets.ISO_8859_1);
        if (!hex.matches("[0-9A-Fa-f]{2}")) {
            throw unreadable();
        }
        return (byte) Integer.parseInt(hex, 16);
    }

    private static RefusedException unreadable() {
        return FormBudget.unreadable("must be name=value&…, percent-encoded UTF-8");
    }
}
