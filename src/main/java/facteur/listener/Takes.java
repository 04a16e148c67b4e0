package facteur.listener;

import facteur.login.ClientNetwork;
import facteur.mail.smtp.MailArguments;
import facteur.mail.smtp.Parsed;
import java.net.InetAddress;

/// What a listener takes. One takes one of them, so that no verb ever has to ask which it is.
public enum Takes {
    /// Letters of apps, for anywhere.
    APPS,
    /// Letters of any host, for return addresses alone.
    RETURNS;

    /// What a peer counts as. A stranger may have a whole block of addresses to come from.
    ClientNetwork client(InetAddress peer) {
        return switch (this) {
            case APPS -> ClientNetwork.of(peer);
            case RETURNS -> ClientNetwork.around(peer);
        };
    }

    /// Reads the arguments of MAIL.
    Parsed<MailArguments> mail(String arguments) {
        return switch (this) {
            case APPS -> MailArguments.parse(arguments);
            case RETURNS -> MailArguments.parseOfBounce(arguments);
        };
    }

    /// Whether senders may ask for reports (RFC 3461). Returns are reports mostly, and a report on one goes nowhere.
    boolean offersDsn() {
        return this == APPS;
    }
}
