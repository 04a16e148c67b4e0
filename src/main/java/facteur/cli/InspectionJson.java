package facteur.cli;

import facteur.platform.config.Word;
import facteur.upstream.CertificateText;
import facteur.upstream.Inspection;
import facteur.upstream.Outcome;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;

/// The result of inspecting an upstream, for programs: a value for [facteur.platform.json.Json]. An empty text is "none".
final class InspectionJson {
    private InspectionJson() {}

    static Map<String, Object> of(Inspection inspection) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", inspection.name());
        switch (inspection) {
            case Inspection.Folder(_, var folder, var trouble) -> {
                members.put("kind", "capture");
                members.put("folder", folder);
                members.put("ready", trouble.isEmpty());
                members.put("cause", trouble.orElse(""));
            }
            case Inspection.Nothing ignored -> {
                members.put("kind", "discard");
                members.put("ready", true);
                members.put("cause", "");
            }
            case Inspection.Host host -> {
                members.put("kind", "smtp");
                members.put("address", host.address());
                members.put("tlsMode", Word.of(host.tlsMode()));
                members.put("greeting", String.join(" ", host.greeting()));
                members.put("extensions", host.extensions().stream().skip(1).toList());
                members.put("tlsProtocol", host.tls().map(Inspection.Tls::protocol).orElse(""));
                members.put("tlsCipher", host.tls().map(Inspection.Tls::cipher).orElse(""));
                members.put("certificates", host.tls().stream().flatMap(tls -> tls.chain().stream()).map(InspectionJson::certificate).toList());
                members.put("eightBit", host.eightBit().map(Word::of).orElse(""));
                members.put("login", host.login().orElse(""));
                members.put("againstReports", host.againstReports().map(Object::toString).orElse(""));
                members.put("againstReturns", host.againstReturns().map(Object::toString).orElse(""));
                members.put("ready", host.failure().isEmpty());
                members.put("stage", host.failure().map(failure -> failure.stage().word()).orElse(""));
                members.put("cause", host.failure().map(Outcome.TempFailed::cause).map(Object::toString).orElse(""));
            }
        }
        return members;
    }

    private static Map<String, Object> certificate(X509Certificate certificate) {
        var members = new LinkedHashMap<String, Object>();
        members.put("subject", CertificateText.subject(certificate));
        members.put("names", CertificateText.names(certificate));
        members.put("issuer", CertificateText.issuer(certificate));
        members.put("validFrom", certificate.getNotBefore().toInstant());
        members.put("validUntil", certificate.getNotAfter().toInstant());
        return members;
    }
}
