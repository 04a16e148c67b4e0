package facteur.message;

import facteur.smtp.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the mailbox-list of RFC 5322 §3.4 from unfolded text, with the obsolete blanks of §4.4; no routes, no groups.
///
/// Two steps: [MailboxLexer] cuts the text into tokens, comments aside; this class puts them together. Anything odd
/// makes the whole list unreadable: an ambiguous From is never guessed at. For one thread.
final class MailboxParser {
    private final List<MailboxLexer.Token> tokens;
    private int next;

    MailboxParser(String text) {
        tokens = new MailboxLexer(text).tokens();
    }

    Optional<List<Mailbox>> parse() {
        var mailboxes = new ArrayList<Mailbox>();
        while (next < tokens.size()) {
            if (tokens.get(next).is(',')) {
                next++;
                continue;
            }
            var mailbox = mailbox();
            if (mailbox.isEmpty() || (next < tokens.size() && !tokens.get(next).is(','))) {
                return Optional.empty();
            }
            mailboxes.add(mailbox.get());
        }
        return mailboxes.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(mailboxes));
    }

    private Optional<Mailbox> mailbox() {
        var start = next;
        while (next < tokens.size() && tokens.get(next).isPhraseOrAddress()) {
            next++;
        }
        var before = tokens.subList(start, next);
        if (next == tokens.size() || tokens.get(next).is(',')) {
            return address(before).map(address -> new Mailbox(comment(before), address));
        }
        if (!tokens.get(next).is('<') || before.stream().anyMatch(token -> token.is('@'))) {
            return Optional.empty();
        }
        start = ++next;
        while (next < tokens.size() && tokens.get(next).isPhraseOrAddress()) {
            next++;
        }
        if (next == tokens.size() || !tokens.get(next).is('>')) {
            return Optional.empty();
        }
        var inside = tokens.subList(start, next++);
        return address(inside).map(address -> new Mailbox(phrase(before), address));
    }

    /// addr-spec: words joined by dots, an at sign, words joined by dots or a literal.
    private static Optional<Address> address(List<MailboxLexer.Token> parts) {
        var text = new StringBuilder();
        var wordWanted = true;
        for (var part : parts) {
            if (part.isWord() != wordWanted) {
                return Optional.empty();
            }
            wordWanted = !wordWanted;
            text.append(part.text());
        }
        return Address.parse(text.toString());
    }

    private static String phrase(List<MailboxLexer.Token> words) {
        var phrase = new StringBuilder();
        for (var word : words) {
            if (word.afterBlank() && !phrase.isEmpty()) {
                phrase.append(' ');
            }
            phrase.append(word.unquoted());
        }
        // Behind the tokens, not one by one: many programs leave dots in their encoded words (RFC 2047 §5 forbids it).
        return EncodedWord.decodeAll(phrase.toString());
    }

    /// The old form `jan@dupont.example (Jan Janssens)`.
    private static String comment(List<MailboxLexer.Token> words) {
        return words.isEmpty() ? "" : EncodedWord.decodeAll(words.getLast().comment());
    }
}
