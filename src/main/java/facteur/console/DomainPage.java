package facteur.console;

import facteur.domain.Claim;
import facteur.domain.DnsRecord;
import facteur.domain.DomainState;
import facteur.platform.idna.DomainName;
import facteur.web.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// One domain of an office: the records that prove it, what the DNS has of them, and a look at once. Thread-safe.
final class DomainPage {
    private static final int MOST_AT_ONCE = 8;

    /// A page that was forgotten in a browser stops after a quarter of an hour.
    private static final int MOST_ROUNDS = 45;
    private static final String REPEAT = "every 20s";
    private static final String LOAD = "load";

    private final Services services;
    private final LastLooks looks = new LastLooks();
    /// With all of them taken, a page shows what was found last.
    private final Semaphore turns = new Semaphore(MOST_AT_ONCE);

    DomainPage(Services services) {
        this.services = services;
    }

    List<Page> pages() {
        return List.of(
                Page.ofOffice("/domains/{domain}", visit -> shown(visit, this::show)),
                Page.ofOffice("/domains/{domain}/records.txt", visit -> shown(visit, this::text)),
                Page.ofOffice("/domains/{domain}/zone", visit -> shown(visit, DomainPage::zone)),
                Page.ofOffice("/domains/{domain}/print", visit -> shown(visit, this::print)),
                Page.trial("/domains/{domain}/look", visit -> shown(visit, this::look)));
    }

    private interface OfClaim {
        Answer answer(Visit visit, Claim claim) throws SQLException, IOException;
    }

    /// Another office's claim is none.
    private static Answer shown(Visit visit, OfClaim page) throws SQLException, IOException {
        var claim = visit.rules().desk().find(visit.office(), visit.request().variable("domain"));
        return claim.isPresent() ? page.answer(visit, claim.get()) : visit.notFound();
    }

    private DomainRecords records(Visit visit, Claim claim) {
        return DomainRecords.of(visit.view(), claim, visit.rules().desk().records(claim), looks.of(claim));
    }

    private static String path(Visit visit, Claim claim) {
        return DomainsPage.path(visit) + "/" + claim.domain();
    }

    private Answer show(Visit visit, Claim claim) {
        var records = records(visit, claim);
        var entries = records.entries();
        var name = DomainName.unicode(claim.domain());
        return visit.page(200, "domain", new DomainModel(
                name,
                path(visit, claim),
                isProved(claim, records),
                entries,
                visit.rules().desk().keyProblems(claim.domain()).isEmpty() ? List.of() : List.of(visit.say("domains.key-trouble")),
                model(visit, claim, records, 0, "", visit.request().query("still").isPresent()),
                new RecordsText(visit.view(), name, entries).mail(),
                message(visit, name),
                visit.rights().writes(visit.office())));
    }

    private static Optional<String> message(Visit visit, String name) {
        if (visit.request().query("added").isPresent()) {
            return Optional.of(visit.say("domains.added", name));
        }
        return visit.request().query("looked").map(_ -> visit.say("domains.looked"));
    }

    private static boolean isProved(Claim claim, DomainRecords records) {
        return claim.state() instanceof DomainState.Verified && (records.look().isEmpty() || records.isAllRight());
    }

    private DomainModel.Look model(Visit visit, Claim claim, DomainRecords records, int round, String said, boolean isStill) {
        var words = DomainWords.of(visit);
        var trigger = isStill ? "" : trigger(claim, records, round);
        return new DomainModel.Look(
                path(visit, claim),
                words.sentence(claim),
                words.next(claim, services.time().instant()),
                records.look().map(LastLooks.Look::at).or(claim::checkedAt).map(visit.view()::time),
                trigger,
                trigger.contains(REPEAT),
                seen(claim, records),
                round,
                said,
                visit.isPartial() ? records.findings() : List.of());
    }

    private static String seen(Claim claim, DomainRecords records) {
        return claim.state().word() + " " + records.seen();
    }

    private static String trigger(Claim claim, DomainRecords records, int round) {
        var isKnown = records.look().isPresent();
        if (isProved(claim, records) || round >= MOST_ROUNDS) {
            return isKnown ? "" : LOAD;
        }
        return isKnown ? REPEAT : LOAD + ", " + REPEAT;
    }

    /// Who may change the office writes down what it comes to, as an operator's look does.
    private Answer look(Visit visit, Claim claim) throws SQLException, IOException {
        lookNow(visit, claim);
        var after = visit.rules().desk().find(visit.office(), claim.domain()).orElse(claim);
        if (!visit.isPartial()) {
            return Answer.seeOther(path(visit, claim) + "?looked");
        }
        var form = visit.request().form();
        var records = records(visit, after);
        var round = form.text("round").matches("\\d{1,3}") ? Integer.parseInt(form.text("round")) + 1 : 1;
        var said = said(visit, form.text("seen"), after, records);
        return visit.page(200, "part/look", model(visit, after, records, round, said, false));
    }

    private void lookNow(Visit visit, Claim claim) throws SQLException, IOException {
        if (!turns.tryAcquire()) {
            return;
        }
        try {
            var desk = visit.rules().desk();
            var findings = visit.rights().writes(visit.office()) ? desk.check(claim).findings() : desk.look(claim);
            looks.keep(new LastLooks.Look(findings, desk.faults(findings), services.time().instant()));
        } finally {
            turns.release();
        }
    }

    /// What is new since the page was told last; the first look is no news.
    private static String said(Visit visit, String before, Claim claim, DomainRecords records) {
        var news = new ArrayList<String>();
        var parts = before.split(" ", 2);
        var letters = parts.length == 2 ? parts[1] : "";
        var entries = records.entries();
        var now = records.seen();
        for (var i = 0; i < Math.min(letters.length(), now.length()); i++) {
            if (letters.charAt(i) != '-' && letters.charAt(i) != now.charAt(i)) {
                news.add(visit.say("domains.said", entries.get(i).name(), entries.get(i).finding().state().text()));
            }
        }
        if (!before.isEmpty() && !parts[0].equals(claim.state().word())) {
            news.add(visit.say("domains.said", DomainName.unicode(claim.domain()), DomainWords.of(visit).brief(claim.state()).text()));
        }
        return String.join(". ", news);
    }

    private Answer text(Visit visit, Claim claim) {
        var text = new RecordsText(visit.view(), DomainName.unicode(claim.domain()), records(visit, claim).entries()).text();
        return Answer.octets(200, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /// RFC 4027.
    private static Answer zone(Visit visit, Claim claim) {
        var zone = DnsRecord.zone(visit.rules().desk().records(claim));
        return Answer.octets(200, "text/dns; charset=us-ascii", zone.getBytes(StandardCharsets.US_ASCII))
                .with("Content-Disposition", "attachment; filename=\"" + claim.domain() + ".zone\"");
    }

    private Answer print(Visit visit, Claim claim) {
        var name = DomainName.unicode(claim.domain());
        return visit.page(200, "domain-print", new PrintModel(name, path(visit, claim), records(visit, claim).entries()));
    }
}
