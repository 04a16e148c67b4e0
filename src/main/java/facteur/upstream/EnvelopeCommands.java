package facteur.upstream;

import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ReversePath;

/// MAIL and RCPT of a letter, with the parameters that the peer takes and the letter needs. One thread.
final class EnvelopeCommands {
    private final Envelope envelope;
    private final long sizeBytes;
    private final RequiredExtensions needs;
    private final Extensions extensions;

    EnvelopeCommands(Envelope envelope, long sizeBytes, RequiredExtensions needs, Extensions extensions) {
        this.envelope = envelope;
        this.sizeBytes = sizeBytes;
        this.needs = needs;
        this.extensions = extensions;
    }

    String mail() {
        var command = new StringBuilder("MAIL FROM:<");
        if (envelope.reversePath() instanceof ReversePath.Path(var address)) {
            command.append(address.wire());
        }
        command.append('>');
        if (extensions.offers("SIZE")) {
            command.append(" SIZE=").append(sizeBytes);
        }
        if (needs.isEightBit()) {
            command.append(" BODY=8BITMIME");
        }
        if (needs.isUtf8()) {
            command.append(" SMTPUTF8");
        }
        if (extensions.offers("DSN")) {
            envelope.dsn().returnContent().ifPresent(content -> command.append(" RET=").append(content));
            envelope.dsn().envelopeId().ifPresent(id -> command.append(" ENVID=").append(id.encoded()));
        }
        return command.toString();
    }

    /// RFC 3461 §5.2.1: what the app said goes on as it was; what it didn't say is not made up. Only, with a return address the reports
    /// come here, and people want to know of a failure that the app doesn't: what the app gets of it, it chose.
    ///
    /// @param recipient its place in the envelope
    String rcpt(int recipient) {
        var path = envelope.recipients().get(recipient);
        var command = new StringBuilder("RCPT TO:<").append(path.address().wire()).append('>');
        if (extensions.offers("DSN")) {
            path.reports().ifPresent(given -> command.append(" NOTIFY=").append(isReportedHere() ? given.withFailure() : given));
            path.original().ifPresent(given -> command.append(" ORCPT=").append(needs.isUtf8() ? given : given.toAscii()));
        }
        return command.toString();
    }

    private boolean isReportedHere() {
        return switch (envelope.reversePath()) {
            case ReversePath.Null() -> false;
            case ReversePath.Path(var address) -> ReturnAddresses.isShapedAsOurs(ReturnKind.BOUNCE, address);
        };
    }
}
