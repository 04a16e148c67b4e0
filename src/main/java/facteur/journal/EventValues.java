package facteur.journal;

/// What stands in the fields of an event, in the order of its [EventKind].
final class EventValues {
    private EventValues() {}

    /// Texts, numbers, and collections of texts. The two events that each letter has are read without reflection: that took two
    /// fifths of the time that a line takes.
    static Object[] of(MailEvent event) {
        if (event instanceof MailEvent.Accepted(var id, var app, var office, var context, var relation, var sender, var fromRule, var replyToRule, var from, var replyTo, var reversePath, var recipients, var sizeBytes, var protocol, var messageId, var dkimSelectors, var traceparent)) {
            return new Object[] {
                id, app, office, context, relation, sender, fromRule, replyToRule, from, replyTo, reversePath,
                recipients, sizeBytes, protocol, messageId, dkimSelectors, traceparent
            };
        }
        if (event instanceof MailEvent.Relayed(var id, var office, var recipient, var upstream, var peer, var tls, var reply, var ageMillis)) {
            return new Object[] {id, office, recipient, upstream, peer, tls, reply, ageMillis};
        }
        return EventKind.of(event.getClass()).fields().stream().map(field -> field.value(event)).toArray();
    }
}
