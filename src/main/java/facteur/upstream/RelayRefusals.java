package facteur.upstream;

import facteur.mail.smtp.EnhancedStatus;
import facteur.mail.smtp.Reply;
import java.util.regex.Pattern;

/// Whether a refusal within a transaction is about us, the relay: our login, our name, the limits that we have. Then it is the
/// upstream's matter and never the letter's: it is tried again, even after a 5yz.
final class RelayRefusals {
    /// Our name as we gave it. Postfix puts its judgement of EHLO off until RCPT: 504 5.5.2 <relay>: Helo command rejected: need
    /// fully-qualified hostname.
    private static final Pattern NAME = Pattern.compile("\\b(?:helo|ehlo)\\b", Pattern.CASE_INSENSITIVE);

    /// 504 is also what Postfix says of an address without a domain: … Sender address rejected: need fully-qualified address.
    private static final Pattern ADDRESS = Pattern.compile("address rejected|qualified address", Pattern.CASE_INSENSITIVE);

    private RelayRefusals() {}

    static boolean isSaidBy(Stage stage, Reply reply) {
        return switch (reply.code()) {
            // RFC 5321 §3.8: the connection ends. RFC 4954 §6: there was no login.
            case 421, 530 -> true;
            default -> isOfItsName(stage, reply) || isOfQuota(stage, reply);
        };
    }

    private static boolean isOfItsName(Stage stage, Reply reply) {
        return switch (stage) {
            case MAIL -> !isOfAddress(reply) && (NAME.matcher(reply.text()).find() || reply.code() == 504);
            case RCPT -> !isOfAddress(reply) && NAME.matcher(reply.text()).find();
            case CONNECT, GREETING, EHLO, TLS, AUTH, DATA, END_OF_DATA -> false;
        };
    }

    /// At RCPT a host may also mean the recipient when it says nothing but "later".
    private static boolean isOfQuota(Stage stage, Reply reply) {
        return Quota.of(reply)
                .filter(quota -> quota.rest() != Quota.Rest.NONE)
                .filter(quota -> quota != Quota.TRY_LATER || stage != Stage.RCPT)
                .isPresent();
    }

    /// By its text, or by X.1.x (RFC 3463 §3.2).
    private static boolean isOfAddress(Reply reply) {
        return ADDRESS.matcher(reply.text()).find()
                || reply.enhanced().map(EnhancedStatus::subject).filter(subject -> subject == 1).isPresent();
    }
}
