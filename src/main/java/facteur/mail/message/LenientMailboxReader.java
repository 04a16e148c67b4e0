package facteur.mail.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the one mailbox that a field means where the grammar of RFC 5322 fails: scripts put names, commas, at signs and
/// brackets together as they come. What mail programs agree on is read (among the tests, `from/peers.tsv` has them side by
/// side); where they differ, nothing is: a reply must not go to a guess.
///
/// Pieces are what commas and semicolons part. An address counts in angle brackets, with anything before them in the piece;
/// or alone in its piece. A piece without an at sign is part of a name. In the end all addresses must be the same.
///
/// For one text, on one thread; takes the time of the text's length.
final class LenientMailboxReader {
    /// Of a name in pieces: more than that is not looked at.
    private static final int NAME_LIMIT = 1024;

    private final String text;
    /// For where the grammar fails: cut when it did.
    private List<MailboxLexer.Token> tokens = List.of();
    private String leadingComment = "";
    private int next;

    private Optional<Mailbox> found = Optional.empty();
    private Optional<String> trouble = Optional.empty();
    private final StringBuilder name = new StringBuilder();
    private boolean isLabelled;
    private boolean isVoid;

    LenientMailboxReader(String text) {
        this.text = text;
    }

    LenientMailbox read() {
        Mailbox.parseList(text).ifPresentOrElse(list -> list.forEach(this::take), this::readPieces);
        return trouble.<LenientMailbox>map(LenientMailbox.Unclear::new)
                .or(() -> found.map(LenientMailbox.Clear::new))
                .orElseGet(() -> new LenientMailbox.Unclear(tokens.isEmpty() ? "nothing" : "no address"));
    }

    private void readPieces() {
        var lexer = new MailboxLexer(text, MailboxLexer.Unclosed.ALONE);
        tokens = lexer.tokens();
        leadingComment = lexer.leadingComment();
        if (tokens.stream().anyMatch(token -> token.is('"')) && tokens.stream().anyMatch(LenientMailboxReader::hidesAddress)) {
            unclear("a quote that doesn't end");
        }
        while (next < tokens.size() && trouble.isEmpty()) {
            readPiece();
        }
    }

    private static boolean hidesAddress(MailboxLexer.Token token) {
        return token.kind() == MailboxLexer.Kind.QUOTED && token.text().contains("@");
    }

    private void readPiece() {
        var comment = next == 0 ? leadingComment : tokens.get(next - 1).comment();
        var words = new ArrayList<MailboxLexer.Token>();
        var isBracketed = false;
        isVoid = false;
        while (next < tokens.size() && trouble.isEmpty() && !atPieceEnd()) {
            var token = tokens.get(next++);
            if (token.is('<')) {
                readBrackets(words, comment);
                words.clear();
                isBracketed = true;
            } else if (token.is(':')) {
                readLabel(words);
                words.clear();
            } else if (!token.is('>')) {
                words.add(token);
            } else if (!isBracketed) {
                unclear("a bracket that closes and never opened");
            }
        }
        if (isBracketed) {
            if (hasAt(words)) {
                unclear("an address behind the one in angle brackets");
            }
        } else {
            readWords(words, comment);
        }
        if (next < tokens.size() && tokens.get(next).is(';') && isLabelled) {
            unclear("a group");
        }
        next++;
    }

    private boolean atPieceEnd() {
        return tokens.get(next).is(',') || tokens.get(next).is(';');
    }

    private void readBrackets(List<MailboxLexer.Token> before, String comment) {
        var start = next;
        while (next < tokens.size() && !tokens.get(next).is('>')) {
            if (tokens.get(next).is('<')) {
                unclear("a bracket within brackets");
                return;
            }
            next++;
        }
        var inside = withoutRoute(tokens.subList(start, next < tokens.size() ? next : withoutPieceEnds(start)));
        if (next == tokens.size() && hasAt(before)) {
            unclear("an address before a bracket that doesn't close");
        }
        next++;
        if (hasAt(inside)) {
            MailboxParser.address(inside).ifPresentOrElse(address -> take(new Mailbox(named(before, comment), address)),
                    () -> unclear("no address in angle brackets"));
        } else {
            // A person without an address; with another one behind, whose is it?
            isVoid = !inside.isEmpty();
        }
        name.setLength(0);
    }

    private int withoutPieceEnds(int start) {
        var end = tokens.size();
        while (end > start && (tokens.get(end - 1).is(',') || tokens.get(end - 1).is(';'))) {
            end--;
        }
        return end;
    }

    /// A source route (RFC 5322 §4.4), which is ignored.
    private static List<MailboxLexer.Token> withoutRoute(List<MailboxLexer.Token> inside) {
        if (inside.isEmpty() || !inside.getFirst().is('@')) {
            return inside;
        }
        for (var i = 0; i < inside.size(); i++) {
            if (inside.get(i).is(':')) {
                return inside.subList(i + 1, inside.size());
            }
        }
        return inside;
    }

    /// What ends with a colon: a group's name, or a word like `From:` or `mailto:` too much.
    private void readLabel(List<MailboxLexer.Token> words) {
        if (hasAt(words)) {
            unclear("an address before a colon");
        }
        name.setLength(0);
        isLabelled = true;
    }

    private void readWords(List<MailboxLexer.Token> words, String comment) {
        if (!words.isEmpty() && words.getLast().is('"')) {
            words.removeLast();
        }
        if (hasAt(words)) {
            MailboxParser.address(words)
                    .ifPresentOrElse(
                            address -> take(new Mailbox(MailboxParser.comment(words).orElse(EncodedText.readable(comment)), address)),
                            () -> unclear("words beside an address that has no angle brackets, or no address at all"));
        } else if (!words.isEmpty() && name.length() < NAME_LIMIT) {
            name.append(phrase(words)).append(", ");
        }
    }

    private String named(List<MailboxLexer.Token> before, String comment) {
        var whole = name + phrase(before);
        return whole.isBlank() ? EncodedText.readable(comment) : whole;
    }

    private static String phrase(List<MailboxLexer.Token> words) {
        return MailboxParser.phrase(words.stream().map(LenientMailboxReader::withoutStray).toList());
    }

    /// A quote or backslash that belongs to nothing is no part of a name.
    private static MailboxLexer.Token withoutStray(MailboxLexer.Token word) {
        return word.is('"') || word.is('\\')
                ? new MailboxLexer.Token("", MailboxLexer.Kind.ATOM, word.afterBlank(), word.comment())
                : word;
    }

    private static boolean hasAt(List<MailboxLexer.Token> words) {
        return words.stream().anyMatch(word -> word.is('@'));
    }

    private void take(Mailbox mailbox) {
        if (isVoid) {
            unclear("brackets without an address before the address");
        } else if (found.isPresent() && !found.get().address().isSameMailbox(mailbox.address())) {
            unclear("several addresses");
        } else if (found.isEmpty() || found.get().name().isEmpty()) {
            found = Optional.of(mailbox);
        }
    }

    private void unclear(String why) {
        trouble = trouble.or(() -> Optional.of(why));
    }
}
