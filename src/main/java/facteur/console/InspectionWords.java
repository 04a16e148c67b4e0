package facteur.console;

import facteur.mail.smtp.TlsMode;
import facteur.upstream.CertificateText;
import facteur.upstream.Inspection;
import facteur.upstream.Stage;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an upstream showed, as `facteur upstream check` tells it, in the reader's language. For one page.
record InspectionWords(View view, Instant now) {
    UpstreamsModel.Look look(Inspection inspection) {
        return switch (inspection) {
            case Inspection.Folder(_, var folder, var trouble) -> trouble
                    .map(why -> new UpstreamsModel.Look(bad("upstreams.look.unwritable"), why, List.of(folder(folder.toString()))))
                    .orElseGet(() -> new UpstreamsModel.Look(good("upstreams.look.writable"), "", List.of(folder(folder.toString()))));
            case Inspection.Nothing _ -> new UpstreamsModel.Look(good("upstreams.look.ready"), "", List.of());
            case Inspection.Host host -> host(host);
        };
    }

    private StateWord good(String key) {
        return new StateWord(view.say(key), StateWord.OK);
    }

    private StateWord bad(String key) {
        return new StateWord(view.say(key), StateWord.BAD);
    }

    private UpstreamsModel.Shown folder(String path) {
        return foreign("upstreams.look.folder", path);
    }

    private UpstreamsModel.Shown own(String key, String value) {
        return new UpstreamsModel.Shown(view.say(key), value, false);
    }

    private UpstreamsModel.Shown foreign(String key, String value) {
        return new UpstreamsModel.Shown(view.say(key), value, true);
    }

    private UpstreamsModel.Look host(Inspection.Host host) {
        var shown = new ArrayList<UpstreamsModel.Shown>();
        if (!host.greeting().isEmpty()) {
            shown.add(foreign("upstreams.look.greeting", String.join(" ", host.greeting())));
        }
        if (!host.extensions().isEmpty()) {
            shown.add(foreign("upstreams.look.name", host.extensions().getFirst()));
            shown.add(foreign("upstreams.look.offers", String.join(", ", host.extensions().subList(1, host.extensions().size()))));
        }
        host.tls().ifPresentOrElse(tls -> addTls(tls, shown), () -> addClear(host, shown));
        addLogin(host, shown);
        host.eightBit().ifPresent(eightBit -> shown.add(own("upstreams.look.eight-bit", view.say(switch (eightBit) {
            case CONVERT -> "upstreams.look.eight-bit.convert";
            case BOUNCE -> "upstreams.look.eight-bit.bounce";
            case SEND -> "upstreams.look.eight-bit.send";
        }))));
        host.againstReports().ifPresent(cause -> shown.add(foreign("upstreams.look.reports", cause.toString())));
        host.againstReturns().ifPresent(cause -> shown.add(foreign("upstreams.look.returns", cause.toString())));
        return host.failure()
                .map(failure -> new UpstreamsModel.Look(
                        new StateWord(view.say("upstreams.look.failed", failure.stage().word()), StateWord.BAD), failure.cause().toString(), shown))
                .orElseGet(() -> new UpstreamsModel.Look(good("upstreams.look.ready"), "", shown));
    }

    private void addTls(Inspection.Tls tls, List<UpstreamsModel.Shown> shown) {
        shown.add(tls.protocol().isEmpty()
                ? own("upstreams.look.tls", view.say("upstreams.look.tls.failed"))
                : foreign("upstreams.look.tls", tls.protocol() + ", " + tls.cipher()));
        tls.chain().stream().findFirst().ifPresent(certificate -> addCertificate(certificate, shown));
    }

    private void addCertificate(X509Certificate certificate, List<UpstreamsModel.Shown> shown) {
        var names = CertificateText.names(certificate);
        shown.add(foreign("upstreams.look.certificate", names.isEmpty() ? CertificateText.subject(certificate) : String.join(", ", names)));
        shown.add(foreign("upstreams.look.issuer", CertificateText.issuer(certificate)));
        var until = certificate.getNotAfter().toInstant();
        var days = Duration.between(now, until).toDays();
        shown.add(own("upstreams.look.valid", now.isBefore(certificate.getNotBefore().toInstant())
                ? view.say("upstreams.look.valid.later", view.time(certificate.getNotBefore().toInstant()))
                : now.isAfter(until) ? view.say("upstreams.look.valid.over", view.time(until))
                : view.say("upstreams.look.valid.until", view.time(until), days)));
    }

    private void addClear(Inspection.Host host, List<UpstreamsModel.Shown> shown) {
        if (host.failure().isEmpty()) {
            shown.add(own("upstreams.look.tls", view.say(host.tlsMode() == TlsMode.STARTTLS && host.extensions().contains("STARTTLS")
                    ? "upstreams.look.tls.declined"
                    : "upstreams.look.tls.none")));
        }
    }

    private void addLogin(Inspection.Host host, List<UpstreamsModel.Shown> shown) {
        Optional<String> login = host.login();
        if (login.isEmpty()) {
            shown.add(own("upstreams.look.login", view.say("upstreams.look.login.none")));
        } else if (host.failure().isEmpty()) {
            shown.add(own("upstreams.look.login", view.say("upstreams.look.login.taken", login.get())));
        } else if (host.failure().get().stage() == Stage.AUTH) {
            shown.add(own("upstreams.look.login", view.say("upstreams.look.login.refused", login.get())));
        }
    }
}
