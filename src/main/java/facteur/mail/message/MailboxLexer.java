package facteur.mail.message;

import java.util.ArrayList;
import java.util.List;

/// Cuts the text of an address field into words and specials (RFC 5322 §3.2). Comments are not tokens: the last one is
/// remembered on the token before it, or for the first token. An encoded word is one token, with everything in it but what an
/// address is made of: some programs leave commas and parentheses there. For one thread.
final class MailboxLexer {
    /// @param text as written, with quotes or brackets
    /// @param kind what the token may stand for
    /// @param comment the comment that follows, without parentheses; empty when none
    record Token(String text, Kind kind, boolean afterBlank, String comment) {
        boolean is(char special) {
            return kind == Kind.SPECIAL && text.charAt(0) == special;
        }

        boolean isWord() {
            return kind == Kind.ATOM || kind == Kind.QUOTED || kind == Kind.LITERAL;
        }

        boolean isPhraseOrAddress() {
            return isWord() || is('.') || is('@');
        }

        String unquoted() {
            return kind == Kind.QUOTED
                    ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1")
                    : text;
        }
    }

    enum Kind {
        ATOM,
        QUOTED,
        LITERAL,
        SPECIAL
    }

    /// What becomes of a quote, bracket or parenthesis that opens and never closes.
    enum Unclosed {
        /// It and the rest are a special that no grammar takes.
        REFUSED,
        /// A quote or bracket is a special by itself; a comment goes on to the end. So most mail programs read it.
        ALONE
    }

    private static final String SPECIALS = "<>@,;:.()[]\"\\";

    private final String text;
    private final Unclosed unclosed;
    private final List<EncodedWord> words;
    private final List<Token> tokens = new ArrayList<>();
    private String leadingComment = "";
    private String neverClosed = "";
    private int nextWord;
    private int position;
    private boolean afterBlank;

    MailboxLexer(String text, Unclosed unclosed) {
        this.text = text;
        this.unclosed = unclosed;
        this.words = words(EncodedWord.in(text));
    }

    private static List<EncodedWord> words(List<EncodedWord> all) {
        return all.isEmpty()
                ? all
                : all.stream().filter(word -> word.content().chars().noneMatch(c -> "<>@\"".indexOf(c) >= 0)).toList();
    }

    List<Token> tokens() {
        while (position < text.length()) {
            var c = text.charAt(position);
            switch (c) {
                case ' ', '\t' -> {
                    position++;
                    afterBlank = true;
                }
                case '(' -> comment();
                case '"' -> add(Kind.QUOTED, endOf('"'));
                case '[' -> add(Kind.LITERAL, endOf(']'));
                default -> {
                    if (isAtomText(c)) {
                        add(Kind.ATOM, endOfAtom());
                    } else {
                        add(Kind.SPECIAL, position + 1);
                    }
                }
            }
        }
        return tokens;
    }

    /// The last comment before the first token, for after [#tokens]; empty when none.
    String leadingComment() {
        return leadingComment;
    }

    private void add(Kind kind, int end) {
        // What opens and never closes swallows the rest, or stands alone, and so do all of its kind behind it: looking for a
        // second end that isn't there would take the square of the length.
        var whole = end > position;
        if (!whole && neverClosed.indexOf(text.charAt(position)) < 0) {
            neverClosed += text.charAt(position);
        }
        var stop = whole ? end : unclosed == Unclosed.ALONE && text.charAt(position) != '(' ? position + 1 : text.length();
        tokens.add(new Token(text.substring(position, stop), whole ? kind : Kind.SPECIAL, afterBlank, ""));
        position = stop;
        afterBlank = false;
    }

    private int endOfAtom() {
        while (nextWord < words.size() && words.get(nextWord).start() < position) {
            nextWord++;
        }
        if (nextWord < words.size() && words.get(nextWord).start() == position) {
            return words.get(nextWord).end();
        }
        var end = position;
        while (end < text.length() && isAtomText(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /// Behind the closing character, or -1.
    private int endOf(char closing) {
        if (neverClosed.indexOf(text.charAt(position)) >= 0) {
            return -1;
        }
        for (var i = position + 1; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == closing) {
                return i + 1;
            }
        }
        return -1;
    }

    private void comment() {
        var depth = 0;
        for (var i = position; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '(' -> depth++;
                case ')' -> {
                    if (--depth == 0) {
                        remember(text.substring(position + 1, i));
                        position = i + 1;
                        afterBlank = true;
                        return;
                    }
                }
                default -> {}
            }
        }
        switch (unclosed) {
            case REFUSED -> add(Kind.SPECIAL, -1);
            case ALONE -> position = text.length();
        }
    }

    private void remember(String comment) {
        if (tokens.isEmpty()) {
            leadingComment = comment;
        } else {
            var token = tokens.removeLast();
            tokens.add(new Token(token.text(), token.kind(), token.afterBlank(), comment));
        }
    }

    static boolean isAtomText(char c) {
        // Nearly all are letters or digits, and SPECIALS holds none.
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c > ' ' && c != 127 && SPECIALS.indexOf(c) < 0;
    }
}
