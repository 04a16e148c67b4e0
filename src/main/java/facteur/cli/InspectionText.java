package facteur.cli;

import facteur.mail.smtp.TlsMode;
import facteur.platform.config.Word;
import facteur.upstream.CertificateText;
import facteur.upstream.EightBit;
import facteur.upstream.Inspection;
import facteur.upstream.Stage;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The result of inspecting an upstream, for people.
final class InspectionText {
    private InspectionText() {}

    static String of(Inspection inspection, Instant now) {
        return switch (inspection) {
            case Inspection.Folder(var name, var folder, var trouble) ->
                name + "  captures letters in " + folder + "\n" + row("result", trouble.orElse("the folder is writable"));
            case Inspection.Nothing(var name) -> name + "  discards letters";
            case Inspection.Host host -> String.join("\n", lines(host, now));
        };
    }

    private static List<String> lines(Inspection.Host host, Instant now) {
        var lines = new ArrayList<String>();
        lines.add(host.name() + "  relays to " + host.address() + ", tls: " + Word.of(host.tlsMode()));
        if (!host.greeting().isEmpty()) {
            lines.add(row("greeting", String.join(" ", host.greeting())));
        }
        if (!host.extensions().isEmpty()) {
            lines.add(row("name", host.extensions().getFirst()));
            lines.add(row("offers", String.join(", ", host.extensions().subList(1, host.extensions().size()))));
        }
        host.eightBit().ifPresent(eightBit -> lines.add(row("8-bit", "8BITMIME is not offered: " + text(eightBit))));
        host.tls().ifPresentOrElse(tls -> addTls(tls, now, lines), () -> addClear(host, lines));
        host.login().ifPresent(login -> addLogin(login, host, lines));
        host.againstReports().ifPresent(cause -> {
            lines.add(row("reports", "refused from <>: " + cause));
            lines.add(row("", "give them another reverse-path (delivery.report-reverse-path) or another route (kind: report)"));
        });
        host.againstReturns().ifPresent(cause -> {
            lines.add(row("returns", "refused from the domain of returns: " + cause));
            lines.add(row("", "register that domain with the smarthost, or give letters another reverse-path (delivery.reverse-path)"));
        });
        lines.add(row("result", host.failure()
                .map(failure -> "failed at " + failure.stage().word() + ": " + failure.cause())
                .orElse("ready for letters")));
        return lines;
    }

    private static String text(EightBit eightBit) {
        return switch (eightBit) {
            case CONVERT -> "letters with 8-bit octets are converted";
            case BOUNCE -> "letters with 8-bit octets bounce";
            case SEND -> "letters with 8-bit octets go as they are";
        };
    }

    private static void addTls(Inspection.Tls tls, Instant now, List<String> lines) {
        lines.add(row("tls", tls.protocol().isEmpty() ? "none, but it shows a certificate" : tls.protocol() + ", " + tls.cipher()));
        for (var certificate : tls.chain()) {
            lines.add(row("certificate", CertificateText.subject(certificate)));
            var names = CertificateText.names(certificate);
            if (!names.isEmpty()) {
                lines.add(row("", "names " + String.join(", ", names)));
            }
            lines.add(row("", "by " + CertificateText.issuer(certificate)));
            lines.add(row("", "from " + certificate.getNotBefore().toInstant() + " until " + certificate.getNotAfter().toInstant()
                    + ", " + age(certificate, now)));
        }
    }

    private static String age(X509Certificate certificate, Instant now) {
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            return "not valid yet";
        }
        var left = Duration.between(now, certificate.getNotAfter().toInstant());
        return left.isNegative() ? "expired " + -left.toDays() + " days ago" : left.toDays() + " days left";
    }

    private static void addClear(Inspection.Host host, List<String> lines) {
        if (host.failure().isEmpty()) {
            var why = host.tlsMode() != TlsMode.STARTTLS ? "none" : host.extensions().contains("STARTTLS") ? "declined" : "not offered";
            lines.add(row("tls", why + ": letters go in clear"));
        }
    }

    private static void addLogin(String login, Inspection.Host host, List<String> lines) {
        if (host.failure().isEmpty()) {
            lines.add(row("login", login + ", accepted"));
        } else if (host.failure().get().stage() == Stage.AUTH) {
            lines.add(row("login", login + ", not accepted"));
        }
    }

    private static String row(String what, String text) {
        return "  %-13s%s".formatted(what, text);
    }
}
