package facteur.console;

import facteur.mail.message.Mailbox;

/// A name and an address as they were typed into two fields. Immutable.
sealed interface TypedPerson {
    record Right(Mailbox person) implements TypedPerson {}

    /// @param key of the text that says what is wrong
    record Wrong(String field, String key) implements TypedPerson {}

    /// An address with a name in front is what people copy.
    static TypedPerson read(String name, String address) {
        if (address.isEmpty()) {
            return new Wrong(PeoplePage.ADDRESS, "error.address.missing");
        }
        return Mailbox.parse(address)
                .filter(_ -> address.indexOf('@') >= 0)
                .map(read -> name.isEmpty() ? read : new Mailbox(name, read.address()))
                .<TypedPerson>map(Right::new)
                .orElseGet(() -> new Wrong(PeoplePage.ADDRESS, "error.address.invalid"));
    }
}
