package facteur.console;

import static facteur.console.MailFields.field;

import facteur.console.MailPoint.Part;
import facteur.mail.message.DisplayName;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.web.Form;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The page of mail settings as it is filled in: what a browser sends, and what the page shows again. Immutable.
///
/// @param version of the settings that it was made from
/// @param kinds that it shows, in order
/// @param fields of the form but for those
/// @param both points that two people changed
record MailForm(long version, List<String> kinds, SequencedMap<String, String> fields, List<MailPoint> both) {
    /// Those that stand for one field, whose text is their value.
    private static final List<MailPoint> PLAIN = List.of(
            MailPoint.UNVERIFIED, MailPoint.REPLY, MailPoint.REPLIES, MailPoint.TELL, MailPoint.KNOWN_BAD, MailPoint.AUTO_REPLIES,
            MailPoint.NOTICE_LANGUAGE);

    private static final Address ANY = Address.of("any@invalid");

    MailForm {
        kinds = List.copyOf(kinds);
        both = List.copyOf(both);
        fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    /// As it is before it is touched.
    static MailForm of(long version, MailValues values) {
        var fields = new LinkedHashMap<String, String>();
        fields.put(MailFields.COMPANY_NAME, values.get(MailPoint.COMPANY_NAME));
        fields.put(MailFields.COMPANY_ADDRESS, values.get(MailPoint.COMPANY_ADDRESS));
        fields.put(MailFields.FROM, values.get(MailPoint.FROM).isEmpty() ? MailFields.SHARED : MailFields.OWN);
        fields.put(MailFields.FROM_ADDRESS, values.get(MailPoint.FROM));
        fields.put(MailFields.FROM_NAME, values.get(MailPoint.FROM_NAME));
        PLAIN.forEach(point -> fields.put(field(point), values.get(point)));
        fields.put(MailFields.SANDBOX, values.get(MailPoint.SANDBOX));
        for (var kind : values.kinds()) {
            var reply = values.get(kind, Part.REPLY);
            var address = MailJson.address(reply);
            fields.put(field(kind, "reply"), !address.isEmpty() ? MailFields.OTHER_ADDRESS : reply.isEmpty() ? MailFields.AS_GENERAL : reply);
            fields.put(field(kind, "address"), address);
            fields.put(field(kind, "ignored"), values.get(kind, Part.IGNORED));
            fields.put(field(kind, MailFields.REPLIES), values.get(kind, Part.REPLIES));
            fields.put(field(kind, "from"), values.get(kind, Part.FROM).isEmpty() ? MailFields.AS_GENERAL : MailFields.OWN);
            fields.put(field(kind, "from-address"), values.get(kind, Part.FROM));
            fields.put(field(kind, "from-name"), values.get(kind, Part.FROM_NAME));
        }
        return new MailForm(version, List.copyOf(values.kinds()), fields, List.of());
    }

    /// @return empty when it isn't one of this page
    static Optional<MailForm> read(Form form) {
        var kinds = new LinkedHashSet<>(MailValues.USUAL_KINDS);
        form.all(MailFields.KIND).stream().map(MailJson::kind).filter(kind -> !kind.isEmpty()).forEach(kinds::add);
        var fields = new LinkedHashMap<String, String>();
        form.fields().stream()
                .map(Form.Field::name)
                .distinct()
                .filter(name -> !name.equals(MailFields.KIND) && !name.equals(MailFields.BOTH) && !name.equals(MailFields.VERSION))
                .forEach(name -> fields.put(name, form.text(name)));
        var version = form.text(MailFields.VERSION);
        var both = form.all(MailFields.BOTH).stream().flatMap(key -> MailPoint.parse(key).stream()).toList();
        return version.matches("\\d{1,18}")
                ? Optional.of(new MailForm(Long.parseLong(version), List.copyOf(kinds), fields, both))
                : Optional.empty();
    }

    /// With what was not sent, as it was: a browser leaves out what doesn't count with the choices that were made.
    ///
    /// @param base the settings that it was made from
    MailForm filled(MailValues base) {
        var all = new LinkedHashMap<>(of(version, base).fields);
        if (fields.containsKey(MailFields.SANDBOX_SHOWN)) {
            all.remove(MailFields.SANDBOX);
        }
        all.putAll(fields);
        return new MailForm(version, kinds, all, both);
    }

    String get(String field) {
        return fields.getOrDefault(field, "");
    }

    MailForm with(String field, String value) {
        var more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new MailForm(version, kinds, more, both);
    }

    /// With one more kind, at the end.
    MailForm withKind(String kind) {
        var more = new ArrayList<>(kinds);
        more.add(kind);
        var asGeneral = with(field(kind, "reply"), MailFields.AS_GENERAL).with(field(kind, "from"), MailFields.AS_GENERAL);
        return new MailForm(version, more, asGeneral.fields, both).with(MailFields.KIND_ADD, "");
    }

    MailForm withoutKind(String kind) {
        return new MailForm(version, kinds.stream().filter(other -> !other.equals(kind)).toList(), fields, both);
    }

    /// What it says. A field that is not sent, since its choice isn't chosen, says nothing; nor does one that wasn't touched.
    ///
    /// @param base the settings that it was made from
    MailValues values(MailValues base) {
        var points = new LinkedHashMap<MailPoint, String>();
        points.put(MailPoint.COMPANY_NAME, name(base, MailPoint.COMPANY_NAME, MailFields.COMPANY_NAME));
        points.put(MailPoint.COMPANY_ADDRESS, typed(base, MailPoint.COMPANY_ADDRESS, MailFields.COMPANY_ADDRESS));
        from(base, "", MailFields.FROM, points);
        PLAIN.forEach(point -> points.put(point, fields.getOrDefault(field(point), base.get(point))));
        var isSandboxShown = fields.containsKey(MailFields.SANDBOX_SHOWN);
        points.put(
                MailPoint.SANDBOX,
                isSandboxShown ? get(MailFields.SANDBOX).isEmpty() ? "" : MailValues.YES : base.get(MailPoint.SANDBOX));
        for (var kind : kinds) {
            var listed = new MailPoint(kind, Part.LISTED);
            points.put(listed, MailValues.USUAL_KINDS.contains(kind) ? base.get(listed) : MailValues.YES);
            var reply = reply(base, kind);
            points.put(listed.of(Part.REPLY), reply);
            points.put(listed.of(Part.IGNORED), MailJson.isGeneral(reply) ? "" : typed(base, listed.of(Part.IGNORED), field(kind, "ignored")));
            var replies = listed.of(Part.REPLIES);
            points.put(replies, fields.getOrDefault(field(replies), base.get(replies)));
            from(base, kind, field(kind, "from"), points);
        }
        return new MailValues(points);
    }

    private void from(MailValues base, String kind, String choice, Map<MailPoint, String> points) {
        var from = new MailPoint(kind, Part.FROM);
        var isOwn = fields.containsKey(choice) ? get(choice).equals(MailFields.OWN) : !base.get(from).isEmpty();
        var name = from.of(Part.FROM_NAME);
        var address = isOwn ? typed(base, from, field(from)) : "";
        points.put(from, address);
        points.put(name, address.isEmpty() ? "" : name(base, name, field(name)));
    }

    private String reply(MailValues base, String kind) {
        var reply = new MailPoint(kind, Part.REPLY);
        var choice = field(kind, "reply");
        var chosen = get(choice);
        return !fields.containsKey(choice) ? base.get(reply) : switch (chosen) {
            case MailFields.AS_GENERAL -> "";
            case MailFields.OTHER_ADDRESS -> {
                var stored = MailJson.address(base.get(reply));
                var address = untouched(stored, field(kind, "address")) ? stored : get(field(kind, "address")).strip();
                yield address.isEmpty() ? MailJson.GENERAL : MailJson.GENERAL + " " + address;
            }
            default -> chosen;
        };
    }

    private String typed(MailValues base, MailPoint point, String field) {
        return untouched(base.get(point), field) ? base.get(point) : get(field).strip();
    }

    private String name(MailValues base, MailPoint point, String field) {
        return untouched(base.get(point), field) ? base.get(point) : new Mailbox(DisplayName.visible(get(field)), ANY).name();
    }

    /// The points that two people changed, and that wait for a choice.
    List<MailPoint> open() {
        return both.stream().filter(point -> !get(MailFields.pick(point)).matches(MailFields.MINE + "|" + MailFields.THEIRS)).toList();
    }

    /// With the other one's values where those were chosen.
    MailValues picked(MailValues mine, MailValues theirs) {
        var picked = mine;
        for (var point : both) {
            if (get(MailFields.pick(point)).equals(MailFields.THEIRS)) {
                picked = MailMerge.theirs(picked, point, theirs);
            }
        }
        return picked;
    }

    /// Browsers leave line ends out of a field for one line.
    private boolean untouched(String stored, String field) {
        return !fields.containsKey(field) || get(field).equals(stored) || get(field).equals(stored.replaceAll("[\r\n]", ""));
    }
}
