package facteur.console;

import facteur.domain.DomainDesk;
import facteur.domain.DomainState;
import facteur.intake.Decider;
import facteur.mail.smtp.Address;
import facteur.office.OfficeId;
import facteur.office.WhenUnverified;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether messages leave under an address, in words. Immutable.
///
/// @param shared the relay's own address
record SenderStates(Visit visit, OfficeId office, Decider decider, DomainDesk desk, Address shared) {
    /// Of a field, by what stands in it; without words as long as that is no address.
    ///
    /// @param field its id
    private MailModel.State of(String field, String text, String whenUnverified) {
        var id = field + "-state";
        return Address.parse(text.strip())
                .map(address -> state(id, address, whenUnverified.equals(word(WhenUnverified.REFUSE))))
                .orElseGet(() -> new MailModel.State(id, "", "", Optional.empty()));
    }

    private static String word(WhenUnverified choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private MailModel.State state(String id, Address address, boolean isRefusing) {
        var domain = address.domain();
        var state = decider.stateOf(office, address);
        var word = state.map(DomainState::word).orElse("missing");
        var isUsable = state.filter(DomainState::isUsable).isPresent();
        var text = switch (word) {
            case "verified" -> visit.say("mail.from.state.verified", domain);
            case "unconfirmed" -> visit.say("mail.from.state.unconfirmed", domain);
            case "degraded" -> visit.say("mail.from.state.degraded", domain, until(state));
            default -> visit.say("mail.from.state." + word, domain, shared)
                    + (isRefusing ? " " + visit.say("mail.from.state.refused") : "");
        };
        return new MailModel.State(id, shape(word), text, isUsable && !word.equals("degraded") ? Optional.empty() : link(address));
    }

    private String until(Optional<DomainState> state) {
        return state.filter(DomainState.Degraded.class::isInstance)
                .map(DomainState.Degraded.class::cast)
                .map(degraded -> visit.view().date(desk.usedUntil(degraded)))
                .orElse("");
    }

    private static String shape(String word) {
        return switch (word) {
            case "verified", "unconfirmed" -> "ok";
            case "degraded", "pending" -> "warn";
            default -> "bad";
        };
    }

    /// Where something can be done for an address whose domain isn't verified.
    Optional<NoticeModel.Link> link(Address address) {
        var path = "/o/" + office.text() + "/domains";
        var isKnown = decider.stateOf(office, address).isPresent();
        return Optional.of(new NoticeModel.Link(
                isKnown ? path + "/" + address.asciiDomain() : path, visit.say("mail.from.verify-this", address.domain())));
    }

    /// The same, without words where the field has a problem: that is said already.
    List<MailModel.State> of(MailForm form, List<FieldProblem> problems) {
        return of(form).stream()
                .map(state -> problems.stream().anyMatch(problem -> state.id().equals(problem.field() + "-state"))
                        ? new MailModel.State(state.id(), "", "", Optional.empty())
                        : state)
                .toList();
    }

    /// Of all sender fields of a form.
    List<MailModel.State> of(MailForm form) {
        var unverified = form.get(MailFields.UNVERIFIED);
        return Stream.concat(
                Stream.of(MailFields.FROM_ADDRESS),
                form.kinds().stream().map(kind -> MailFields.field(kind, "from-address")))
                .map(field -> of(field, form.get(field), unverified))
                .toList();
    }
}
