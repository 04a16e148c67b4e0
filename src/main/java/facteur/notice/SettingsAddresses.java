package facteur.notice;

import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.office.ContextName;
import facteur.platform.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The addresses in an office's settings under which it writes and at which it is answered. Settings of any age are read, also such
/// as today's rules refuse. Immutable.
///
/// @param byPlace each as it is written
record SettingsAddresses(SequencedMap<Place, String> byPlace) {
    /// What an address is for.
    sealed interface Place {
        record Company() implements Place {}

        /// @param context empty = in general
        record From(Optional<ContextName> context) implements Place {}

        record ReplyTo(ContextName context) implements Place {}
    }

    private static final String ADDRESS = "address";

    static SettingsAddresses of(Optional<JsonValue> settings) {
        var byPlace = new LinkedHashMap<Place, String>();
        settings.ifPresent(value -> {
            text(value, "company").ifPresent(company -> byPlace.put(new Place.Company(), company));
            from(value).ifPresent(from -> byPlace.put(new Place.From(Optional.empty()), from));
            member(value, "contexts").ifPresent(contexts -> members(contexts).forEach((name, context) -> {
                var kind = ContextName.of(name.strip());
                from(context).ifPresent(from -> byPlace.put(new Place.From(Optional.of(kind)), from));
                // With another reply-to it doesn't count, and counts as soon as that changes.
                text(context, "reply-to")
                        .filter(word -> word.toLowerCase(Locale.ROOT).equals("general"))
                        .flatMap(_ -> text(context, ADDRESS))
                        .ifPresent(address -> byPlace.put(new Place.ReplyTo(kind), address));
            }));
        });
        return new SettingsAddresses(byPlace);
    }

    /// Where letters to the company go; empty when the settings don't say it, or there are none.
    Optional<Mailbox> company() {
        return at(new Place.Company()).flatMap(Mailbox::parse);
    }

    Optional<String> at(Place place) {
        return Optional.ofNullable(byPlace.get(place));
    }

    private static Optional<String> from(JsonValue settings) {
        return member(settings, "from").flatMap(from -> text(from, ADDRESS).map(address -> text(from, "name")
                .flatMap(name -> Address.parse(address).map(known -> new Mailbox(name, known).toString()))
                .orElse(address)));
    }

    private static Optional<String> text(JsonValue settings, String key) {
        return member(settings, key)
                .map(value -> value instanceof JsonValue.Text(var text) ? text.strip() : value.toString())
                .filter(text -> !text.isEmpty());
    }

    /// `null` says nothing.
    private static Optional<JsonValue> member(JsonValue settings, String key) {
        return Optional.ofNullable(members(settings).get(key)).filter(value -> !value.equals(JsonValue.NULL));
    }

    private static Map<String, JsonValue> members(JsonValue value) {
        return value instanceof JsonValue.Members(var members) ? members : Map.of();
    }
}
