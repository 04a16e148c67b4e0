package facteur.console;

import facteur.web.PercentText;
import java.util.List;
import java.util.Locale;

/// The records of a domain as a text for the one who looks after it. Immutable.
///
/// @param name of the domain, as people know it
record RecordsText(View view, String name, List<DomainModel.Entry> records) {
    private static final String PLAIN = ".,:;/()";

    String text() {
        var text = new StringBuilder(view.say("domains.text.intro", name)).append("\n");
        for (var i = 0; i < records.size(); i++) {
            var record = records.get(i);
            text.append('\n').append(i + 1).append(". ").append(record.purpose()).append('\n');
            line(text, "domains.record.type", "TXT");
            line(text, "domains.record.name", record.name());
            line(text, "domains.record.whole-name", record.wholeName());
            line(text, "domains.record.value", record.value());
        }
        return text.append('\n').append(view.say("domains.text.end")).append('\n').toString();
    }

    private void line(StringBuilder text, String key, String value) {
        text.append("   ").append(view.say("domains.text.line", view.say(key), value)).append('\n');
    }

    /// A link by which a mail program writes it (RFC 6068).
    String mail() {
        return "mailto:?subject=" + encoded(view.say("domains.text.subject", name)) + "&body=" + encoded(text().replace("\n", "\r\n"));
    }

    /// Programs cut what is longer than about 2,000 characters: what may stand as it is, does.
    private static String encoded(String text) {
        var encoded = PercentText.encode(text);
        for (var i = 0; i < PLAIN.length(); i++) {
            var plain = PLAIN.charAt(i);
            encoded = encoded.replace(String.format(Locale.ROOT, "%%%02X", (int) plain), String.valueOf(plain));
        }
        return encoded;
    }
}
