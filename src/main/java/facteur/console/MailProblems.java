package facteur.console;

import facteur.console.MailPoint.Part;
import facteur.mail.smtp.Address;
import facteur.platform.config.Problem;
import facteur.settings.SettingsCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What is wrong with a filled-in page of mail settings, in the words of its language, beside the field that it is about. Immutable.
final class MailProblems {
    private final Texts texts;
    private final MailForm form;
    private final Predicate<MailPoint> isShown;

    /// The keys of settings, and the fields that stand for them.
    private final Map<String, MailPoint> points = new LinkedHashMap<>();

    /// @param isShown whether the page has a field for a point
    MailProblems(Texts texts, MailForm form, Predicate<MailPoint> isShown) {
        this.texts = texts;
        this.form = form;
        this.isShown = isShown;
        put("company", MailPoint.COMPANY_ADDRESS);
        put("reply-to", MailPoint.REPLY);
        put("when-unverified", MailPoint.UNVERIFIED);
        put("from.address", MailPoint.FROM);
        put("from.name", MailPoint.FROM_NAME);
        put("replies", MailPoint.REPLIES);
        put("returns.tell", MailPoint.TELL);
        put("returns.known-bad", MailPoint.KNOWN_BAD);
        put("returns.auto-replies", MailPoint.AUTO_REPLIES);
        put("returns.language", MailPoint.NOTICE_LANGUAGE);
        for (var kind : form.kinds()) {
            var start = "contexts." + kind;
            put(start + ".replies", new MailPoint(kind, Part.REPLIES));
            put(start + ".reply-to", new MailPoint(kind, Part.REPLY));
            put(start + ".address", new MailPoint(kind, Part.REPLY));
            put(start + ".from.address", new MailPoint(kind, Part.FROM));
            put(start + ".from.name", new MailPoint(kind, Part.FROM_NAME));
        }
    }

    /// A long or strange key is shortened in a problem.
    private void put(String key, MailPoint point) {
        points.put(new Problem("", 0, key, "", "").key().toLowerCase(Locale.ROOT), point);
    }

    /// What the form itself leaves out.
    List<FieldProblem> missing(MailValues base) {
        var problems = new ArrayList<FieldProblem>();
        if (form.get(MailFields.COMPANY_NAME).isBlank() && form.fields().containsKey(MailFields.COMPANY_NAME)
                && !base.get(MailPoint.COMPANY_NAME).isEmpty()) {
            problems.add(new FieldProblem(MailFields.COMPANY_NAME, texts.of("error.company.name.missing")));
        }
        missing(problems, MailFields.FROM, MailFields.OWN, MailFields.FROM_ADDRESS);
        for (var kind : form.kinds()) {
            missing(problems, MailFields.field(kind, "reply"), MailFields.OTHER_ADDRESS, MailFields.field(kind, "address"));
            missing(problems, MailFields.field(kind, "from"), MailFields.OWN, MailFields.field(kind, "from-address"));
        }
        return problems;
    }

    private void missing(List<FieldProblem> problems, String choice, String chosen, String field) {
        if (form.get(choice).equals(chosen) && form.get(field).isBlank()) {
            problems.add(new FieldProblem(field, texts.of("error.address.missing")));
        }
    }

    /// What the rules say, of settings that were made of the form.
    List<FieldProblem> of(List<Problem> problems) {
        return problems.stream().map(this::of).toList();
    }

    private FieldProblem of(Problem problem) {
        return Optional.ofNullable(points.get(problem.key().toLowerCase(Locale.ROOT)))
                .filter(isShown)
                .flatMap(point -> message(problem, point).map(message -> new FieldProblem(field(problem, point), message)))
                .orElseGet(() -> new FieldProblem("", texts.of("mail.problem.elsewhere", problem.key())));
    }

    /// A reply is a word, or an address below it.
    private static String field(Problem problem, MailPoint point) {
        return MailFields.field(point, problem.key().endsWith("reply-to"));
    }

    private Optional<String> message(Problem problem, MailPoint point) {
        var typed = form.get(field(problem, point)).strip();
        return switch (problem.code()) {
            case SettingsCode.ADDRESS_MISSING -> Optional.of(texts.of("error.address.missing"));
            case SettingsCode.ADDRESS_INVALID -> Optional.of(texts.of("error.address.invalid", typed));
            case SettingsCode.ADDRESS_ASCII -> Optional.of(texts.of("error.address.ascii"));
            case SettingsCode.FROM_FREEMAIL -> Optional.of(texts.of("error.from.freemail", domain(typed)));
            case SettingsCode.FROM_RELAY -> Optional.of(texts.of("error.from.relay", domain(typed)));
            default -> point.is(Part.REPLY)
                    ? Optional.of(texts.of("mail.reply.unlisted", typed))
                    : ReturnWords.choices(point.part()).isEmpty() ? Optional.empty() : Optional.of(texts.of("error.choice", typed));
        };
    }

    private static String domain(String address) {
        return Address.parse(address).map(Address::domain).orElse(address);
    }

    /// In the order of the page; those about none of its fields last.
    List<FieldProblem> inOrder(List<FieldProblem> problems) {
        var order = new ArrayList<>(List.of(
                MailFields.COMPANY_NAME, MailFields.COMPANY_ADDRESS, MailFields.FROM, MailFields.FROM_ADDRESS, MailFields.FROM_NAME,
                MailFields.UNVERIFIED, MailFields.REPLY, MailFields.REPLIES));
        for (var kind : form.kinds()) {
            List.of("reply", "address", "replies", "from", "from-address", "from-name").forEach(part -> order.add(MailFields.field(kind, part)));
        }
        order.add(MailFields.KIND_ADD);
        order.addAll(List.of(MailFields.TELL, MailFields.KNOWN_BAD, MailFields.AUTO_REPLIES, MailFields.NOTICE_LANGUAGE));
        return problems.stream()
                .sorted((one, other) -> Integer.compare(place(order, one), place(order, other)))
                .toList();
    }

    private static int place(List<String> order, FieldProblem problem) {
        var place = order.indexOf(problem.field());
        return place < 0 ? order.size() : place;
    }

    /// What is allowed and probably a mistake, by the field that it stands beside; empty for the page as a whole.
    ///
    /// @param values what the settings say
    List<FieldProblem> warnings(List<Problem> warnings, MailValues values) {
        return warnings.stream().flatMap(warning -> warning(warning, values).stream()).distinct().toList();
    }

    private Optional<FieldProblem> warning(Problem warning, MailValues values) {
        return switch (warning.code()) {
            case SettingsCode.COMPANY_NAME_MISSING -> Optional.of(new FieldProblem(MailFields.COMPANY_NAME, texts.of("error.company.name.missing")));
            case SettingsCode.NAME_STRANGE -> Optional.of(new FieldProblem(
                    named(warning, values, "'").map(MailFields::field).orElse(MailFields.COMPANY_NAME), texts.of("error.name.strange")));
            case SettingsCode.ADDRESS_OTHER_OFFICE -> named(warning, values, "")
                    .map(point -> new FieldProblem(MailFields.field(point), texts.of("error.address.other-office", values.get(point))));
            case SettingsCode.ADDRESS_STRANGER -> values.points().entrySet().stream()
                    .filter(entry -> entry.getKey().is(Part.REPLY) && isIn(warning.message(), MailJson.address(entry.getValue())))
                    .findFirst()
                    .map(entry -> new FieldProblem(
                            MailFields.field(entry.getKey()), texts.of("error.address.stranger", MailJson.address(entry.getValue()))));
            case SettingsCode.KIND_UNSENDABLE -> form.kinds().stream()
                    .filter(kind -> warning.message().startsWith("'" + kind + "'"))
                    .findFirst()
                    .map(kind -> new FieldProblem(MailFields.field(kind, "reply"), texts.of("error.kind.unsendable", kind)));
            case SettingsCode.REPLIES_OFF -> Optional.of(new FieldProblem("", texts.of("error.replies.off")));
            case SettingsCode.RETURNS_OFF -> Optional.of(new FieldProblem("", texts.of("error.returns.off")));
            default -> Optional.empty();
        };
    }

    /// Replies to `Tasks <tasks@durand.example>` are told of as `tasks@durand.example`.
    private static boolean isIn(String message, String mailbox) {
        var address = mailbox.contains("<") ? mailbox.substring(mailbox.lastIndexOf('<') + 1).replace(">", "") : mailbox;
        return !address.isEmpty() && message.contains(" " + address + ",");
    }

    /// Which of the office's own names and addresses a warning begins with.
    private static Optional<MailPoint> named(Problem warning, MailValues values, String quote) {
        return List.of(MailPoint.FROM, MailPoint.COMPANY_ADDRESS, MailPoint.COMPANY_NAME).stream()
                .filter(point -> !values.get(point).isEmpty())
                .filter(point -> isMeant(warning.message(), quote, values.get(point)))
                .findFirst();
    }

    private static boolean isMeant(String message, String quote, String value) {
        var domain = value.substring(value.lastIndexOf('@') + 1);
        return quote.isEmpty()
                ? message.regionMatches(true, 0, value + " ", 0, value.length() + 1)
                : message.startsWith(quote + value + quote) || message.startsWith(quote + domain + quote);
    }
}
