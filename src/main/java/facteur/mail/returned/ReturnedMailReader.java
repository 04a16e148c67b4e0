package facteur.mail.returned;

import facteur.mail.message.Message;
import facteur.mail.smtp.ReversePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Decides what came to a return address: by its form alone, the first of these that fits.
///
/// 1. A part `message/delivery-status` or `message/global-delivery-status`, outside a returned letter: a report; without a
///    recipient that can be read, a bounce that can't.
/// 2. A part `message/disposition-notification`, or a report of that type: read. `message/feedback-report`: a complaint.
/// 3. X-Failed-Recipients, or From a mail system (`mailer-daemon`, `postmaster`), whatever the reverse-path: a bounce that can't
///    be read. Many of these call themselves automatic answers, so this comes before.
/// 4. Auto-Submitted, or a field that says the same: an automatic answer.
/// 5. A null reverse-path: as 3, unless it is from an address that the letter went to, which only the caller knows. `vacation` and
///    scripts write such answers without a word of what they are.
/// 6. Anything else: a person's letter.
///
/// Memory is bounded, however large and odd a letter is: [#RECIPIENTS] recipients, fields of 8 KB, a text of 16 KB, 1,000 parts,
/// multiparts 30 deep; lines come in pieces of 8 KB, and no more than 4 MB of a part are decoded.
public final class ReturnedMailReader {
    /// How many recipients of one report are read: as many as a letter has by default.
    public static final int RECIPIENTS = 1000;

    private ReturnedMailReader() {}

    /// @throws IOException when the body can't be read from its file
    public static ReturnedMail read(ReversePath reversePath, Message message) throws IOException {
        var header = message.header();
        var types = header.all("Content-Type").stream().map(field -> PartType.parse(field.value())).toList();
        var type = types.stream().filter(PartType::isMultipart).findFirst().or(() -> types.stream().findFirst()).orElse(PartType.TEXT);
        var encoding = header.first("Content-Transfer-Encoding").map(field -> field.value());
        var walk = new PartWalk(type, PartFields.encoding(encoding));
        var lines = new LooseLines(walk);
        message.body().writeTo(lines);
        lines.finish();
        return decide(Origin.of(reversePath, header), type, walk);
    }

    private static ReturnedMail decide(Origin origin, PartType type, PartWalk walk) {
        var unreadable = new ReturnedMail.Unreadable(origin.failed(), walk.text());
        if (walk.hasStatus()) {
            return walk.report().<ReturnedMail>map(ReturnedMail.Report::new).orElse(unreadable);
        }
        return receipt(type, walk).orElseGet(() -> {
            if (origin.isMailSystem()) {
                return unreadable;
            }
            if (origin.isAutomatic()) {
                return new ReturnedMail.Automatic();
            }
            return origin.isNull()
                    ? new ReturnedMail.Unreadable(List.of(), walk.text(), origin.from())
                    : new ReturnedMail.Personal();
        });
    }

    private static Optional<ReturnedMail> receipt(PartType type, PartWalk walk) {
        var isReport = type.is("multipart", "report");
        if (walk.hasDisposition() || isReport && type.reportType().equals("disposition-notification")) {
            return Optional.of(walk.receipts().read());
        }
        if (walk.hasFeedback() || isReport && type.reportType().equals("feedback-report")) {
            return Optional.of(walk.receipts().complaint());
        }
        return Optional.empty();
    }
}
