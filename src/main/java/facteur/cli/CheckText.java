package facteur.cli;

import facteur.domain.DmarcOutlook;
import facteur.domain.DomainDesk;
import facteur.domain.DomainJson;
import facteur.domain.Evidence;
import facteur.domain.Finding;
import facteur.domain.Findings;
import facteur.domain.Spf;
import facteur.intake.ReversePathRule;
import facteur.mail.smtp.Address;
import facteur.platform.config.Word;
import facteur.platform.idna.DomainName;
import facteur.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The results of checks, as text or JSON.
///
/// @param rule for reverse-paths
/// @param returns the domain of return addresses
/// @param spf looks for the record of a domain
record CheckText(ReversePathRule rule, Optional<String> returns, Detail detail, Function<String, Spf> spf) {
    enum Detail {
        PLAIN,
        EXPLAINED
    }

    String text(List<DomainDesk.Checked> checked) {
        return String.join("\n\n", checked.stream().map(this::text).toList());
    }

    private String text(DomainDesk.Checked checked) {
        var findings = checked.findings();
        var lines = new ArrayList<String>();
        var before = findings.claim().state().word();
        var after = checked.after().state().word();
        lines.add(DomainName.shown(findings.claim().domain()) + " for office " + findings.claim().office() + ": "
                + (before.equals(after) ? after : before + " -> " + after)
                + ", next check " + checked.after().nextCheckAt());
        DomainJson.looked(checked).forEach(finding -> {
            lines.add("  " + mark(finding) + "  " + finding.name());
            lines.add("           expected  \"" + finding.expected() + '"');
            lines.add("           found     " + finding.found());
        });
        findings.keyProblems().forEach(problem -> lines.add("  " + problem));
        switch (findings.evidence()) {
            case Evidence.Proved() -> lines.add("  proved");
            case Evidence.Mismatch(var reason) -> lines.add("  not proved: " + reason);
            case Evidence.Unclear(var why) ->
                lines.add("  unknown: " + why + checked.after().sureAt().map(at -> "; the last sure answer came at " + at).orElse(""));
        }
        sentences(checked).forEach(sentence -> lines.add("  " + sentence));
        return String.join("\n", lines);
    }

    private static String mark(Finding finding) {
        return "%-7s".formatted(Word.of(finding.verdict()));
    }

    private List<String> sentences(DomainDesk.Checked checked) {
        return switch (detail) {
            case PLAIN -> List.of();
            case EXPLAINED -> explained(checked.findings());
        };
    }

    private List<String> explained(Findings findings) {
        var reversePath = reversePath(findings.claim().domain());
        return Stream.concat(
                DmarcOutlook.of(findings, reversePath).stream(),
                reversePath.stream().map(address -> spf.apply(address.asciiDomain()).sentence()))
                .toList();
    }

    /// Of letters From a domain; empty when it is the app's own.
    private Optional<Address> reversePath(String domain) {
        return switch (rule) {
            case ReversePathRule.Always(var address) -> Optional.of(address);
            case ReversePathRule.AsFrom() -> Optional.of(Address.of("any@" + domain));
            case ReversePathRule.Returns() -> returns.map(name -> Address.of("b-TOKEN@" + name));
            case ReversePathRule.Keep() -> Optional.empty();
        };
    }

    String json(List<DomainDesk.Checked> checked) {
        return Json.of(Map.of("checks", checked.stream().map(this::members).toList()));
    }

    private Map<String, Object> members(DomainDesk.Checked checked) {
        var members = DomainJson.checked(checked);
        members.put("explanation", sentences(checked));
        return members;
    }
}
