package facteur.mail.message;

import facteur.mail.smtp.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the mailbox-list or address-list of RFC 5322 §3.4 from unfolded text, with the obsolete blanks of §4.4; no routes.
///
/// Two steps: [MailboxLexer] cuts the text into tokens, comments aside; this class puts them together. Anything odd
/// makes the whole list unreadable: an ambiguous From is never guessed at. For one thread.
final class MailboxParser {
    private final List<MailboxLexer.Token> tokens;
    private final String leadingComment;
    private int next;

    MailboxParser(String text) {
        var lexer = new MailboxLexer(text, MailboxLexer.Unclosed.REFUSED);
        tokens = lexer.tokens();
        leadingComment = lexer.leadingComment();
    }

    /// A mailbox-list: no groups.
    Optional<List<Mailbox>> parse() {
        var mailboxes = new ArrayList<Mailbox>();
        return readMailboxes(mailboxes) && next == tokens.size() ? some(mailboxes) : Optional.empty();
    }

    /// An address-list: mailboxes, and groups of them.
    Optional<List<Mailbox>> parseAddresses() {
        var mailboxes = new ArrayList<Mailbox>();
        while (next < tokens.size()) {
            if (isGroup()) {
                next = endOfWords() + 1;
                if (!readMailboxes(mailboxes) || !at(';')) {
                    return Optional.empty();
                }
                next++;
                if (next < tokens.size() && !at(',')) {
                    return Optional.empty();
                }
            } else if (at(',')) {
                next++;
            } else if (!readMailbox(mailboxes)) {
                return Optional.empty();
            }
        }
        return some(mailboxes);
    }

    private static Optional<List<Mailbox>> some(List<Mailbox> mailboxes) {
        return mailboxes.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(mailboxes));
    }

    /// Reads mailboxes with commas between as far as they go. False when one can't be read.
    private boolean readMailboxes(List<Mailbox> mailboxes) {
        while (next < tokens.size() && !at(';')) {
            if (at(',')) {
                next++;
            } else if (!readMailbox(mailboxes)) {
                return false;
            }
        }
        return true;
    }

    private boolean readMailbox(List<Mailbox> mailboxes) {
        var mailbox = mailbox();
        mailbox.ifPresent(mailboxes::add);
        return mailbox.isPresent() && (next == tokens.size() || at(',') || at(';'));
    }

    private boolean at(char special) {
        return next < tokens.size() && tokens.get(next).is(special);
    }

    /// display-name ":" comes next.
    private boolean isGroup() {
        var colon = endOfWords();
        return colon > next
                && colon < tokens.size()
                && tokens.get(colon).is(':')
                && tokens.subList(next, colon).stream().noneMatch(token -> token.is('@'));
    }

    /// Behind the words that come next.
    private int endOfWords() {
        var end = next;
        while (end < tokens.size() && tokens.get(end).isPhraseOrAddress()) {
            end++;
        }
        return end;
    }

    private List<MailboxLexer.Token> words() {
        var start = next;
        next = endOfWords();
        return tokens.subList(start, next);
    }

    private Optional<Mailbox> mailbox() {
        var commentBefore = next == 0 ? leadingComment : tokens.get(next - 1).comment();
        var before = words();
        if (next == tokens.size() || at(',') || at(';')) {
            return address(before).map(address -> new Mailbox(comment(before).orElse(EncodedText.readable(commentBefore)), address));
        }
        if (!at('<') || before.stream().anyMatch(token -> token.is('@'))) {
            return Optional.empty();
        }
        next++;
        var inside = words();
        if (!at('>')) {
            return Optional.empty();
        }
        next++;
        var name = before.isEmpty() ? EncodedText.readable(commentBefore) : phrase(before);
        return address(inside).map(address -> new Mailbox(name, address));
    }

    /// addr-spec: words joined by dots, an at sign, words joined by dots or a literal. With blanks or comments between (RFC
    /// 5322 §4.4) each dot joins two words; without, [Address] says where it may stand.
    static Optional<Address> address(List<MailboxLexer.Token> parts) {
        var text = new StringBuilder();
        var isOdd = false;
        var isSpread = false;
        var wordWanted = true;
        for (var part : parts) {
            if (!part.isPhraseOrAddress() || part.isWord() && !wordWanted) {
                return Optional.empty();
            }
            isOdd |= part.isWord() != wordWanted;
            isSpread |= part.afterBlank() && !text.isEmpty();
            wordWanted = !part.isWord();
            text.append(part.text());
        }
        return (isOdd || wordWanted) && isSpread ? Optional.empty() : Address.parse(text.toString());
    }

    static String phrase(List<MailboxLexer.Token> words) {
        var phrase = new StringBuilder();
        for (var word : words) {
            if (word.afterBlank() && !phrase.isEmpty()) {
                phrase.append(' ');
            }
            phrase.append(word.unquoted());
        }
        // Behind the tokens, not one by one: many programs leave dots in their encoded words (RFC 2047 §5 forbids it).
        return EncodedText.readable(phrase.toString());
    }

    /// The old form `jan@dupont.example (Jan Janssens)`.
    static Optional<String> comment(List<MailboxLexer.Token> words) {
        return words.isEmpty() ? Optional.empty()
                : Optional.of(words.getLast().comment()).filter(comment -> !comment.isEmpty()).map(EncodedText::readable);
    }
}
