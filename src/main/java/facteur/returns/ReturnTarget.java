package facteur.returns;

import facteur.mail.returnpath.ReturnAddress;
import facteur.mail.smtp.Reply;
import facteur.spool.ReturnStore;

/// What an address at a listener for returns stands for. Immutable.
sealed interface ReturnTarget {
    /// A letter that isn't known, or not any more (RFC 3463 §3.2).
    Reply GONE = Reply.of(550, 1, 1, "This return address is no longer in use");

    Reply TOO_MUCH = Reply.of(450, 7, 1, "Too much has come back of this letter, try again later");
    Reply AWAY = Reply.of(451, 3, 0, "Spool not available, try again later");

    /// Nothing that gets mail now.
    record Refused(Reply reply) implements ReturnTarget {}

    /// Those who look after the domains.
    record Caretaker() implements ReturnTarget {}

    record OfLetter(ReturnAddress address, ReturnStore.Answered letter) implements ReturnTarget {}
}
