package facteur.cli;

import facteur.domain.Finding;
import facteur.domain.MailHosts;
import facteur.domain.OwnDomain;
import facteur.domain.OwnDomains;
import facteur.platform.config.Word;
import facteur.platform.idna.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The result of a check of a domain of the relay itself.
final class OwnCheckText {
    private OwnCheckText() {}

    /// @param keys the records of its keys
    /// @param explanation of reverse-paths under it
    static String of(
            OwnDomains own, OwnDomain domain, Optional<MailHosts> mailHosts, List<Finding> keys, Optional<String> explanation) {
        var lines = new ArrayList<String>();
        lines.add(DomainName.shown(domain.domain()) + ", of the relay itself: " + switch (own.state(domain)) {
            case SIGNING -> "letters From it are signed";
            case WAITING -> "letters From it aren't signed before the record of a key is seen";
            case NO_KEY -> "letters From it aren't signed, since it has no key. Write: facteur domain add --relay " + domain.domain();
        });
        mailHosts.ifPresent(hosts -> {
            lines.addAll(lines(hosts.finding(), " (MX)"));
            lines.add("           " + hosts.sentence());
        });
        keys.forEach(key -> lines.addAll(lines(key, "")));
        explanation.ifPresent(sentence -> lines.add("  " + sentence));
        return String.join("\n", lines);
    }

    private static List<String> lines(Finding finding, String type) {
        return List.of(
                "  %-7s  %s%s".formatted(Word.of(finding.verdict()), finding.name(), type),
                "           expected  \"" + finding.expected() + '"',
                "           found     " + finding.found());
    }
}
