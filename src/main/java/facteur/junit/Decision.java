package facteur.junit;

import facteur.journal.MailEvent;

/// How the relay rewrote a letter that it accepted, and by which rules. Immutable.
///
/// @param queueId of the reply to the app, `queued as …`
/// @param context as understood; empty = general
/// @param relation as given; empty = none
/// @param sender address of the employee who wrote; empty = unknown
/// @param fromRule rule id of `src/docs/design.md`, such as `from.office`
/// @param replyToRule rule id, such as `context.role`
/// @param from address; [Letter#from] has the name, too
/// @param replyTo addresses, with commas between
public record Decision(
        String queueId,
        String app,
        String office,
        String context,
        String relation,
        String sender,
        String fromRule,
        String replyToRule,
        String from,
        String replyTo) {
    static Decision from(MailEvent.Accepted event) {
        return new Decision(
                event.id(),
                event.app(),
                event.office(),
                event.context(),
                event.relation(),
                event.sender(),
                event.fromRule(),
                event.replyToRule(),
                event.from(),
                event.replyTo());
    }
}
