package facteur.mail.bounce;

import facteur.mail.message.HeaderDate;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.Utf8Xtext;
import java.time.Instant;

/// The fields of a message/delivery-status (RFC 3464 §2), in US-ASCII and in lines that need no other encoding. What they quote
/// may be foreign text: none breaks out of its field. One thread.
final class StatusFields {
    /// RFC 5322 §2.1.1.
    private static final int LINE = 78;

    private final StringBuilder fields = new StringBuilder();

    StatusFields put(String name, String value) {
        fold(name + ": " + PrintableAscii.of(value));
        return this;
    }

    StatusFields put(String name, Instant at) {
        return put(name, HeaderDate.of(at));
    }

    /// As a mailbox that every reader knows, if there is such a form of it; else by RFC 6533 §3, as it is for a report of 7 bits.
    StatusFields put(String name, Address address) {
        return put(name, address.isAsciiCapable() ? "rfc822; " + address.toAscii() : "utf-8; " + Utf8Xtext.encode(address.toString()));
    }

    /// Ends a group: the letter's own fields, or those of one recipient.
    StatusFields endGroup() {
        fields.append("\r\n");
        return this;
    }

    /// Breaks lines before a blank that has a word behind it (RFC 5322 §2.2.3), so that the text is the same when they are joined.
    private void fold(String field) {
        var start = 0;
        while (field.length() - start > LINE) {
            var at = fold(field, start);
            if (at < 0) {
                break;
            }
            fields.append(field, start, at).append("\r\n");
            start = at;
        }
        fields.append(field, start, field.length()).append("\r\n");
    }

    /// The last place in the line for a break, or the first one behind it; -1 when there is none.
    private static int fold(String field, int start) {
        var found = -1;
        // No line is left without a word: the first one has the name and more, the others begin with a blank and a word.
        var from = start == 0 ? field.indexOf(' ') + 1 : start + 1;
        for (var i = from; i + 1 < field.length(); i++) {
            if (i - start > LINE && found >= 0) {
                return found;
            }
            if (field.charAt(i) == ' ' && field.charAt(i + 1) != ' ') {
                found = i;
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
