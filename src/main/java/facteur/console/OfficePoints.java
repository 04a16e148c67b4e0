package facteur.console;

import facteur.console.MailPoint.Part;
import facteur.mail.message.Mailbox;
import facteur.office.ContextReplyTo;
import facteur.office.ContextSettings;
import facteur.office.OfficeFrom;
import facteur.office.OfficeSettings;
import facteur.office.ReplyTo;
import facteur.office.Sandbox;
import facteur.platform.config.Word;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The points of settings that were read already, from wherever they are kept. Stateless.
final class OfficePoints {
    private OfficePoints() {}

    static MailValues read(OfficeSettings office) {
        var points = new LinkedHashMap<MailPoint, String>();
        points.put(MailPoint.COMPANY_NAME, office.company().name());
        points.put(MailPoint.COMPANY_ADDRESS, office.company().address().toString());
        readFrom(office.from(), "", points);
        points.put(MailPoint.UNVERIFIED, office.whenUnverified().name().toLowerCase(Locale.ROOT));
        points.put(MailPoint.REPLY, switch (office.replyTo()) {
            case ReplyTo.ToCompany() -> "company";
            case ReplyTo.ToSender() -> "sender";
            case ReplyTo.ToRole(var role) -> role.name();
        });
        points.put(MailPoint.REPLIES, Word.of(office.replies()));
        points.put(MailPoint.TELL, word(office.returns().tell()));
        points.put(MailPoint.KNOWN_BAD, word(office.returns().knownBad()));
        points.put(MailPoint.AUTO_REPLIES, word(office.returns().autoReplies()));
        points.put(MailPoint.NOTICE_LANGUAGE, word(office.returns().language()));
        points.put(MailPoint.SANDBOX, office.sandbox() == Sandbox.ON ? MailValues.YES : "");
        var byName = new TreeMap<String, ContextSettings>();
        office.contexts().forEach((name, context) -> byName.put(name.text(), context));
        byName.forEach((kind, context) -> readKind(kind, context, points));
        return new MailValues(points);
    }

    private static void readKind(String kind, ContextSettings context, Map<MailPoint, String> points) {
        points.put(new MailPoint(kind, Part.LISTED), MailValues.YES);
        points.put(new MailPoint(kind, Part.REPLY), switch (context.replyTo()) {
            case ContextReplyTo.AsGeneral() -> "";
            case ContextReplyTo.ToCompanyOr(var address) ->
                address.map(mailbox -> MailJson.GENERAL + " " + mailbox.written()).orElse(MailJson.GENERAL);
            case ReplyTo.ToSender() -> "sender";
            case ReplyTo.ToRole(var role) -> role.name();
        });
        points.put(new MailPoint(kind, Part.IGNORED), context.ignoredAddress().map(Mailbox::written).orElse(""));
        points.put(new MailPoint(kind, Part.REPLIES), word(context.replies()));
        readFrom(context.from(), kind, points);
    }

    private static String word(Optional<? extends Enum<?>> value) {
        return value.map(Word::of).orElse("");
    }

    private static void readFrom(Optional<OfficeFrom> from, String kind, Map<MailPoint, String> points) {
        points.put(new MailPoint(kind, Part.FROM), from.map(own -> own.address().toString()).orElse(""));
        points.put(new MailPoint(kind, Part.FROM_NAME), from.flatMap(OfficeFrom::name).orElse(""));
    }
}
