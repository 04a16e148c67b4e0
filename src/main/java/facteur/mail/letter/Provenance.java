package facteur.mail.letter;

/// Where a letter came from and by which rules it got its names: the decision, kept for later questions.
///
/// @param app the app that submitted it
/// @param office the office that it was sent for
/// @param context as understood; empty = general
/// @param relation as given, cleaned; empty = none
/// @param sender the employee's address; empty = unknown
/// @param fromRule rule id, `src/docs/design.md#from`
/// @param replyToRule rule id, `src/docs/design.md#reply-to`
/// @param settingsVersion which version of the office's settings decided
/// @param traceparent the trace that it belongs to (W3C Trace Context); empty = none
public record Provenance(
        String app,
        String office,
        String context,
        String relation,
        String sender,
        String fromRule,
        String replyToRule,
        String settingsVersion,
        String traceparent) {
    /// Of a letter without a trace.
    public Provenance(
            String app,
            String office,
            String context,
            String relation,
            String sender,
            String fromRule,
            String replyToRule,
            String settingsVersion) {
        this(app, office, context, relation, sender, fromRule, replyToRule, settingsVersion, "");
    }
}
