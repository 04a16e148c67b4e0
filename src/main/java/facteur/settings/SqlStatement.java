package facteur.settings;

import java.util.ArrayList;
import java.util.List;

/// A select with named parameters, as JDBC takes it: a `?` for each. Immutable.
///
/// Names are recognised only where the database would read one: not in quotes, in comments, in dollar-quoted text
/// (PostgreSQL), nor in the casts `::text`. Values never become part of the text.
///
/// @param parameters the name that each `?` stands for, in order
record SqlStatement(String sql, List<String> parameters) {
    SqlStatement {
        parameters = List.copyOf(parameters);
    }

    /// @param names the parameters there are, without colon; each must be used
    /// @throws IllegalArgumentException with a message for the operator
    static SqlStatement parse(String text, List<String> names) {
        var scan = new Scan(text, names);
        scan.readAll();
        for (var name : names) {
            if (!scan.parameters.contains(name)) {
                throw new IllegalArgumentException("must use the parameter :" + name);
            }
        }
        return new SqlStatement(scan.sql.toString(), scan.parameters);
    }

    /// One pass over the text. For one thread.
    private static final class Scan {
        private final String text;
        private final List<String> names;
        private final StringBuilder sql = new StringBuilder();
        private final List<String> parameters = new ArrayList<>();
        private int at;
        private boolean isEnded;

        Scan(String text, List<String> names) {
            this.text = text;
            this.names = names;
        }

        void readAll() {
            while (at < text.length()) {
                var c = text.charAt(at);
                if (Character.isWhitespace(c)) {
                    copyUntil(at + 1);
                } else if (text.startsWith("--", at)) {
                    copyUntil(endOfLine());
                } else if (text.startsWith("/*", at)) {
                    copyUntil(endOfComment());
                } else if (isEnded) {
                    throw new IllegalArgumentException("must be one statement: something follows the ';'");
                } else {
                    readToken(c);
                }
            }
        }

        private void readToken(char c) {
            switch (c) {
                case '\'', '"', '`' -> copyUntil(endOfQuoted(c));
                case '$' -> copyUntil(endOfDollarQuoted());
                case ':' -> colon();
                case '?' -> questionMark();
                case ';' -> {
                    isEnded = true;
                    at++;
                }
                default -> {
                    if (isWordStart(c) || Character.isDigit(c)) {
                        word();
                    } else {
                        copyUntil(at + 1);
                    }
                }
            }
        }

        private void colon() {
            if (text.startsWith("::", at)) {
                copyUntil(at + 2);
                return;
            }
            if (at + 1 == text.length() || !isWordStart(text.charAt(at + 1))) {
                copyUntil(at + 1);
                return;
            }
            var end = at + 1;
            while (end < text.length() && isWordPart(text.charAt(end))) {
                end++;
            }
            var name = text.substring(at + 1, end);
            if (!names.contains(name)) {
                throw new IllegalArgumentException("unknown parameter :" + name + "; known: :" + String.join(", :", names)
                        + " (a colon that begins no parameter needs a blank behind it)");
            }
            parameters.add(name);
            sql.append('?');
            at = end;
        }

        /// JDBC would take it for a parameter.
        private void questionMark() {
            if (!text.startsWith("??", at)) {
                throw new IllegalArgumentException("'?' names no parameter; the operator ? is written ??");
            }
            copyUntil(at + 2);
        }

        /// Also the `E` before a text in which a backslash escapes (PostgreSQL).
        private void word() {
            var end = at;
            while (end < text.length() && (isWordPart(text.charAt(end)) || text.charAt(end) == '$')) {
                end++;
            }
            var isEscapes = end - at == 1 && "eE".indexOf(text.charAt(at)) >= 0 && text.startsWith("'", end);
            copyUntil(end);
            if (isEscapes) {
                copyUntil(endOfEscaped());
            }
        }

        private int endOfLine() {
            var end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end + 1;
        }

        /// Comments nest (SQL:1999).
        private int endOfComment() {
            var depth = 0;
            for (var i = at; i + 1 < text.length(); i++) {
                if (text.startsWith("/*", i)) {
                    depth++;
                    i++;
                } else if (text.startsWith("*/", i)) {
                    i++;
                    if (--depth == 0) {
                        return i + 1;
                    }
                }
            }
            throw new IllegalArgumentException("a comment is not closed");
        }

        /// A quote that is doubled ends one part and begins the next: no need to know it.
        private int endOfQuoted(char quote) {
            var end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw new IllegalArgumentException("a quote " + quote + " is not closed");
            }
            return end + 1;
        }

        private int endOfEscaped() {
            for (var i = at + 1; i < text.length(); i++) {
                var c = text.charAt(i);
                if (c == '\\' || c == '\'' && text.startsWith("'", i + 1)) {
                    i++;
                } else if (c == '\'') {
                    return i + 1;
                }
            }
            throw new IllegalArgumentException("a quote ' is not closed");
        }

        /// `$$…$$` or `$tag$…$tag$`; anything else is a dollar sign.
        private int endOfDollarQuoted() {
            var end = at + 1;
            while (end < text.length() && isWordPart(text.charAt(end))) {
                end++;
            }
            var isQuote = end < text.length()
                    && text.charAt(end) == '$'
                    && (end == at + 1 || isWordStart(text.charAt(at + 1)));
            if (!isQuote) {
                return at + 1;
            }
            var tag = text.substring(at, end + 1);
            var close = text.indexOf(tag, end + 1);
            if (close < 0) {
                throw new IllegalArgumentException("a quote " + tag + " is not closed");
            }
            return close + tag.length();
        }

        private void copyUntil(int end) {
            sql.append(text, at, end);
            at = end;
        }

        private static boolean isWordStart(char c) {
            return Character.isLetter(c) || c == '_';
        }

        private static boolean isWordPart(char c) {
            return Character.isLetterOrDigit(c) || c == '_';
        }
    }
}
