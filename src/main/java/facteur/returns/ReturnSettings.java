package facteur.returns;

import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ReversePath;
import facteur.office.AutoReplies;
import facteur.office.BounceReaders;
import facteur.office.KnownBad;
import facteur.platform.config.Section;
import java.util.Optional;

/// The section `returns`. Immutable.
///
/// @param tell who is told of a bounce, where the office says nothing of its own
/// @param app whether the app's own reverse-path gets a report, too (RFC 3461)
/// @param seal whether replies get an ARC set, by the key of the domain of replies
/// @param postmaster where mail for postmaster and abuse of these domains goes
public record ReturnSettings(
        ReturnAddresses.Domains domains,
        BounceReaders tell,
        boolean app,
        KnownBad knownBad,
        AutoReplies autoReplies,
        boolean seal,
        Address postmaster) {
    private static final String NO_DOMAIN = "returns.invalid";

    /// Reads the section.
    ///
    /// @return empty when there is none: letters then leave with no return address
    public static Optional<ReturnSettings> from(Section root, Address sharedAddress) {
        if (!root.has("returns")) {
            return Optional.empty();
        }
        var returns = root.section("returns");
        var replies = returns.value("replies", ReturnSettings::domain);
        var seal = returns.flag("seal", false);
        if (seal && replies.isEmpty()) {
            returns.problem("seal", "needs 'replies': it is the key of that domain that seals");
        }
        return Optional.of(new ReturnSettings(
                new ReturnAddresses.Domains(
                        returns.requiredValue("domain", ReturnSettings::domain, NO_DOMAIN), replies),
                returns.choice("tell", BounceReaders.REPLY_TO),
                returns.flag("app", true),
                returns.choice("known-bad", KnownBad.WARN),
                returns.choice("auto-replies", AutoReplies.RELAY),
                seal,
                returns.value("postmaster", ReturnSettings::address).orElse(sharedAddress)));
    }

    /// A reverse-path of the domain that letters leave from. It needs no key, and a host that asks back finds that it is taken here.
    public ReversePath sample() {
        return ReversePath.of(Address.of("postmaster@" + domains.bounces()));
    }

    /// The domain whose key seals; empty: replies aren't sealed.
    public Optional<String> sealDomain() {
        return seal ? domains.replies() : Optional.empty();
    }

    /// In A-labels.
    private static String domain(String text) {
        return Address.parse("postmaster@" + text)
                .map(Address::asciiDomain)
                .filter(domain -> !domain.startsWith("["))
                .orElseThrow(() -> new IllegalArgumentException("must be a domain: " + text));
    }

    private static Address address(String text) {
        return Address.parse(text)
                .filter(Address::isAsciiCapable)
                .orElseThrow(() -> new IllegalArgumentException("must be an address: " + text));
    }
}
