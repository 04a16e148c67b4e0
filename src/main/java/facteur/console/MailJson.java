package facteur.console;

import facteur.console.MailPoint.Part;
import facteur.mail.message.Mailbox;
import facteur.office.ContextName;
import facteur.platform.json.JsonValue;
import facteur.platform.json.JsonValue.Members;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Between settings as they are kept and their points. What isn't changed stays as it was written, and what no page knows stays.
/// Stateless.
final class MailJson {
    private static final String COMPANY = "company";
    private static final String FROM = "from";
    private static final String ADDRESS = "address";
    private static final String NAME = "name";
    private static final String REPLY = "reply-to";
    private static final String UNVERIFIED = "when-unverified";
    private static final String SANDBOX = "sandbox";
    private static final String CONTEXTS = "contexts";
    private static final String REPLIES = "replies";
    private static final String RETURNS = "returns";

    /// The points below one key, in the order of a page.
    static final SequencedMap<String, MailPoint> OF_RETURNS = Collections.unmodifiableSequencedMap(ofReturns());

    /// Replies of a kind go to the company, or to an address of its own.
    static final String GENERAL = "general";

    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");

    private MailJson() {}

    private static SequencedMap<String, MailPoint> ofReturns() {
        var points = new LinkedHashMap<String, MailPoint>();
        points.put("tell", MailPoint.TELL);
        points.put("known-bad", MailPoint.KNOWN_BAD);
        points.put("auto-replies", MailPoint.AUTO_REPLIES);
        points.put("language", MailPoint.NOTICE_LANGUAGE);
        return points;
    }

    static MailValues read(JsonValue settings) {
        var root = members(settings);
        var points = new LinkedHashMap<MailPoint, String>();
        var company = text(root, COMPANY);
        var mailbox = Mailbox.parse(company);
        points.put(MailPoint.COMPANY_NAME, mailbox.map(Mailbox::name).orElse(""));
        points.put(MailPoint.COMPANY_ADDRESS, mailbox.map(read -> read.address().toString()).orElse(company));
        readFrom(root, "", points);
        points.put(MailPoint.UNVERIFIED, orElse(text(root, UNVERIFIED), "fallback"));
        points.put(MailPoint.REPLY, orElse(text(root, REPLY), COMPANY));
        points.put(MailPoint.REPLIES, orElse(text(root, REPLIES), "direct"));
        OF_RETURNS.forEach((key, point) -> points.put(point, text(members(root, RETURNS), key)));
        points.put(MailPoint.SANDBOX, TRUE.contains(text(root, SANDBOX).toLowerCase(Locale.ROOT)) ? MailValues.YES : "");
        members(root, CONTEXTS).members().forEach((key, context) -> readKind(kind(key), members(context), points));
        return new MailValues(points);
    }

    private static void readKind(String kind, Members context, Map<MailPoint, String> points) {
        if (points.putIfAbsent(new MailPoint(kind, Part.LISTED), MailValues.YES) != null) {
            return;
        }
        var reply = text(context, REPLY);
        var address = text(context, ADDRESS);
        var isCounting = reply.equals(GENERAL);
        points.put(new MailPoint(kind, Part.REPLY), isCounting && !address.isEmpty() ? GENERAL + " " + address : reply);
        points.put(new MailPoint(kind, Part.IGNORED), isCounting ? "" : address);
        points.put(new MailPoint(kind, Part.REPLIES), text(context, REPLIES));
        readFrom(context, kind, points);
    }

    private static void readFrom(Members holder, String kind, Map<MailPoint, String> points) {
        var from = members(holder, FROM);
        var address = text(from, ADDRESS);
        points.put(new MailPoint(kind, Part.FROM), address);
        points.put(new MailPoint(kind, Part.FROM_NAME), address.isEmpty() ? "" : text(from, NAME));
    }

    /// The settings with what differs between two sets of points.
    ///
    /// @param before the points of the settings
    static Members write(JsonValue settings, MailValues before, MailValues after) {
        var changed = Set.copyOf(after.changed(before));
        var root = members(settings);
        if (changed.contains(MailPoint.COMPANY_NAME) || changed.contains(MailPoint.COMPANY_ADDRESS)) {
            var company = company(after.get(MailPoint.COMPANY_NAME), after.get(MailPoint.COMPANY_ADDRESS));
            root = company.isPresent() ? root.with(COMPANY, JsonValue.of(company.get())) : root.without(COMPANY);
        }
        root = writeFrom(root, "", changed, after);
        if (changed.contains(MailPoint.REPLY)) {
            root = root.with(REPLY, JsonValue.of(after.get(MailPoint.REPLY)));
        }
        if (changed.contains(MailPoint.UNVERIFIED)) {
            root = root.with(UNVERIFIED, JsonValue.of(after.get(MailPoint.UNVERIFIED)));
        }
        if (changed.contains(MailPoint.REPLIES)) {
            root = root.with(REPLIES, JsonValue.of(after.get(MailPoint.REPLIES)));
        }
        root = writeReturns(root, changed, after);
        if (changed.contains(MailPoint.SANDBOX)) {
            root = root.with(SANDBOX, new JsonValue.Bool(!after.get(MailPoint.SANDBOX).isEmpty()));
        }
        return writeKinds(root, changed, after);
    }

    /// @return empty without an address: then nothing can be written
    private static Optional<String> company(String name, String address) {
        if (address.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Mailbox.parse(address.strip())
                .map(parsed -> (name.isEmpty() ? parsed : new Mailbox(name, parsed.address())).written())
                // The rules say what is wrong with it.
                .orElseGet(address::strip));
    }

    private static Members writeFrom(Members holder, String kind, Set<MailPoint> changed, MailValues after) {
        var point = new MailPoint(kind, Part.FROM);
        var name = point.of(Part.FROM_NAME);
        if (!changed.contains(point) && !changed.contains(name)) {
            return holder;
        }
        if (after.get(point).isEmpty()) {
            return holder.without(FROM);
        }
        var from = members(holder, FROM).with(ADDRESS, JsonValue.of(after.get(point)));
        return holder.with(FROM, after.get(name).isEmpty() ? from.without(NAME) : from.with(NAME, JsonValue.of(after.get(name))));
    }

    private static Members writeReturns(Members root, Set<MailPoint> changed, MailValues after) {
        var before = members(root, RETURNS);
        var returns = before;
        for (var entry : OF_RETURNS.entrySet()) {
            if (changed.contains(entry.getValue())) {
                var value = after.get(entry.getValue());
                returns = value.isEmpty() ? returns.without(entry.getKey()) : returns.with(entry.getKey(), JsonValue.of(value));
            }
        }
        if (returns.equals(before)) {
            return root;
        }
        return returns.members().isEmpty() ? root.without(RETURNS) : root.with(RETURNS, returns);
    }

    private static Members writeKinds(Members root, Set<MailPoint> changed, MailValues after) {
        var contexts = members(root, CONTEXTS);
        var written = contexts;
        for (var kind : changed.stream().map(MailPoint::kind).filter(name -> !name.isEmpty()).distinct().sorted().toList()) {
            var key = contexts.members().keySet().stream().filter(known -> kind(known).equals(kind)).findFirst();
            var isGone = after.points().keySet().stream().noneMatch(point -> point.kind().equals(kind));
            if (isGone) {
                written = key.isPresent() ? written.without(key.get()) : written;
            } else {
                var context = writeKind(key.map(known -> members(contexts, known)).orElse(Members.NONE), kind, changed, after);
                written = written.with(key.orElse(kind), context);
            }
        }
        if (written.members().isEmpty() && !contexts.members().isEmpty()) {
            return root.without(CONTEXTS);
        }
        return written.equals(contexts) ? root : root.with(CONTEXTS, written);
    }

    private static Members writeKind(Members context, String kind, Set<MailPoint> changed, MailValues after) {
        var written = context;
        var reply = new MailPoint(kind, Part.REPLY);
        if (changed.contains(reply)) {
            var value = after.get(reply);
            var address = address(value);
            var word = address.isEmpty() ? value : GENERAL;
            written = word.isEmpty() ? written.without(REPLY) : written.with(REPLY, JsonValue.of(word));
            written = address.isEmpty() ? written.without(ADDRESS) : written.with(ADDRESS, JsonValue.of(address));
        }
        var ignored = after.get(reply.of(Part.IGNORED));
        if (!isGeneral(after.get(reply)) && (changed.contains(reply) || changed.contains(reply.of(Part.IGNORED)))) {
            written = ignored.isEmpty() ? written.without(ADDRESS) : written.with(ADDRESS, JsonValue.of(ignored));
        }
        var replies = reply.of(Part.REPLIES);
        if (changed.contains(replies)) {
            var word = after.get(replies);
            written = word.isEmpty() ? written.without(REPLIES) : written.with(REPLIES, JsonValue.of(word));
        }
        return writeFrom(written, kind, changed, after);
    }

    /// Whether replies of a kind go to the company, or to the kind's own address.
    static boolean isGeneral(String reply) {
        return reply.equals(GENERAL) || !address(reply).isEmpty();
    }

    /// The kind's own address for replies; empty when there is none.
    static String address(String reply) {
        return reply.startsWith(GENERAL + " ") ? reply.substring(GENERAL.length() + 1) : "";
    }

    /// Under which name its points are.
    static String kind(String key) {
        return ContextName.of(key.strip()).text();
    }

    private static String orElse(String text, String other) {
        return text.isEmpty() ? other : text;
    }

    private static Members members(JsonValue value) {
        return value instanceof Members members ? members : Members.NONE;
    }

    private static Members members(Members holder, String name) {
        return holder.member(name).map(MailJson::members).orElse(Members.NONE);
    }

    private static String text(Members holder, String name) {
        return holder.member(name).map(value -> switch (value) {
            case JsonValue.Text(var text) -> text;
            case JsonValue.Number number -> number.toString();
            case JsonValue.Bool(var isTrue) -> String.valueOf(isTrue);
            case JsonValue.Null _, JsonValue.Array _, Members _ -> "";
        }).orElse("");
    }
}
