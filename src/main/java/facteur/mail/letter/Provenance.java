package facteur.mail.letter;

import java.util.stream.Stream;

/// Where a letter came from and by which rules it got its names: stored with the letter, so that it can be explained later.
/// Immutable.
///
/// Each value is the text that it was given at the edge, by an app or in a row of the spool. Any text will do, so that every
/// row can be opened.
///
/// @param trace the trace that it belongs to
public record Provenance(
        App app, Office office, Context context, Relation relation, Sender sender, Decision decision, Trace trace, Kind kind) {
    /// Of a letter that can't be read.
    public static final Provenance UNKNOWN = parse("", "", "", "", "", "", "", "", "", "");

    /// A text whose kind is in its type.
    public sealed interface Value {
        String text();

        default boolean isEmpty() {
            return text().isEmpty();
        }
    }

    /// The app that submitted it.
    ///
    /// @param text its name; empty = a letter of our own
    public record App(String text) implements Value {
        static final App OURSELVES = new App("");

        @Override
        public String toString() {
            return text;
        }
    }

    /// The office that it was sent for.
    ///
    /// @param text its id
    public record Office(String text) implements Value {
        @Override
        public String toString() {
            return text;
        }
    }

    /// The context, as understood.
    ///
    /// @param text its name; empty = general
    public record Context(String text) implements Value {
        public static final Context GENERAL = new Context("");

        @Override
        public String toString() {
            return text;
        }
    }

    /// The relation, as given.
    ///
    /// @param text its id; empty = none
    public record Relation(String text) implements Value {
        public static final Relation NONE = new Relation("");

        @Override
        public String toString() {
            return text;
        }
    }

    /// The employee who wrote it.
    ///
    /// @param text the address; empty = unknown
    public record Sender(String text) implements Value {
        public static final Sender UNKNOWN = new Sender("");

        @Override
        public String toString() {
            return text;
        }
    }

    /// The id of a row of the decision tables.
    ///
    /// @param text empty = none was needed
    public record RuleId(String text) implements Value {
        public static final RuleId NONE = new RuleId("");

        @Override
        public String toString() {
            return text;
        }
    }

    /// By what it was rewritten.
    ///
    /// @param from the row that gave it its From, `src/docs/design.md#from`
    /// @param replyTo the row that gave it its Reply-To, `src/docs/design.md#reply-to`
    /// @param settingsVersion which version of the office's settings decided
    /// @param cardVersion the same of the client's card; empty where none was needed, or its source counts none
    public record Decision(RuleId from, RuleId replyTo, String settingsVersion, String cardVersion) {}

    /// By which way it came.
    public enum Kind {
        /// From an app, or of our own.
        APP(""),
        /// To a return address: read, and not relayed.
        RETURN("return"),
        /// To a return address, and relayed.
        REPLY("reply");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        private static Kind of(String text) {
            return Stream.of(values()).filter(kind -> kind.text.equals(text)).findFirst().orElse(APP);
        }
    }

    /// A trace (W3C Trace Context).
    ///
    /// @param text its `traceparent`; empty = none
    public record Trace(String text) implements Value {
        public static final Trace NONE = new Trace("");

        @Override
        public String toString() {
            return text;
        }
    }

    /// Of a letter of our own, about an office. Whom it is from and to follows from no rule.
    ///
    /// @param settingsVersion of the office; may be empty
    public static Provenance ofOurs(Office office, String settingsVersion) {
        var decision = new Decision(RuleId.NONE, RuleId.NONE, settingsVersion, "");
        return new Provenance(App.OURSELVES, office, Context.GENERAL, Relation.NONE, Sender.UNKNOWN, decision, Trace.NONE, Kind.APP);
    }

    /// Of a letter that came to the return address of another, and is relayed.
    ///
    /// @param office of that letter, as are context and relation
    public static Provenance ofReply(Office office, Context context, Relation relation, Decision decision) {
        return new Provenance(App.OURSELVES, office, context, relation, Sender.UNKNOWN, decision, Trace.NONE, Kind.REPLY);
    }

    /// Of what came to the return address of a letter and was read.
    public static Provenance ofReturn(Office office, Context context, Relation relation) {
        return new Provenance(
                App.OURSELVES, office, context, relation, Sender.UNKNOWN, new Decision(RuleId.NONE, RuleId.NONE, "", ""), Trace.NONE, Kind.RETURN);
    }

    /// From its texts, of a letter from an app or of our own.
    public static Provenance parse(
            String app,
            String office,
            String context,
            String relation,
            String sender,
            String fromRule,
            String replyToRule,
            String settingsVersion,
            String cardVersion,
            String traceparent) {
        return parse(
                app, office, context, relation, sender, fromRule, replyToRule, settingsVersion, cardVersion, traceparent, Kind.APP.text());
    }

    /// From its eleven texts, as a row of the spool has them.
    public static Provenance parse(
            String app,
            String office,
            String context,
            String relation,
            String sender,
            String fromRule,
            String replyToRule,
            String settingsVersion,
            String cardVersion,
            String traceparent,
            String kind) {
        return new Provenance(
                new App(app),
                new Office(office),
                new Context(context),
                new Relation(relation),
                new Sender(sender),
                new Decision(new RuleId(fromRule), new RuleId(replyToRule), settingsVersion, cardVersion),
                new Trace(traceparent),
                Kind.of(kind));
    }
}
