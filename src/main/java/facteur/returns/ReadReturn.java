package facteur.returns;

import facteur.mail.returned.Action;
import facteur.mail.returned.DeliveryReport;
import facteur.mail.returned.ReportedRecipient;
import facteur.mail.returned.ReturnedMail;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.Notify;
import facteur.spool.Excerpts;
import facteur.spool.NewReturn;
import facteur.spool.Recipient;
import facteur.spool.UntoldReturns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What came back, as far as it is about the recipients of a letter. Immutable.
///
/// @param digest of what it says of the letter, apart from how it came: a second copy says the same
/// @param text of one that only people understand; of a report what it says in words alone
record ReadReturn(NewReturn.Kind kind, String digest, String text, List<NewReturn.Status> statuses) {
    /// Of people to whom the letter didn't go, as a report names them.
    private static final int MOST_UNKNOWN = 20;

    private static final int LONGEST_DIAGNOSTIC = 1_000;
    private static final int LONGEST_NAME = 320;
    /// Of recipients without a diagnostic.
    private static final int MOST_EXCERPTS = 20;

    ReadReturn {
        statuses = List.copyOf(statuses);
    }

    /// Whether it names a recipient of the letter.
    ///
    /// @param others of the letter's other parts
    static boolean isAbout(ReturnedMail mail, List<Recipient> recipients, List<Recipient> others) {
        var match = match(recipients, others);
        return names(mail).stream().anyMatch(names -> !match.positions(names).isEmpty());
    }

    /// Whether the letter went to that address.
    static boolean isRecipient(Address address, List<Recipient> recipients) {
        var match = match(recipients, List.of());
        return !match.positions(List.of(address.toString())).isEmpty();
    }

    /// Of each recipient that it names the names.
    private static List<List<String>> names(ReturnedMail mail) {
        return switch (mail) {
            case ReturnedMail.Report(var report) -> report.recipients().stream().map(ReportedRecipient::names).toList();
            case ReturnedMail.Unreadable unreadable -> unreadable.recipients().stream().map(List::of).toList();
            case ReturnedMail.Read _, ReturnedMail.Complaint _, ReturnedMail.Automatic _, ReturnedMail.Personal _ -> List.of();
        };
    }

    private static RecipientMatch match(List<Recipient> recipients, List<Recipient> others) {
        return new RecipientMatch(recipients.stream().map(Recipient::path).toList(), others.stream().map(Recipient::path).toList());
    }

    /// @param others of the letter's other parts, that it may be about instead
    /// @param sender whom it came from, when it is an automatic answer or a person's letter
    static ReadReturn of(ReturnedMail mail, List<Recipient> recipients, List<Recipient> others, String sender) {
        var match = match(recipients, others);
        return switch (mail) {
            case ReturnedMail.Report(var report) -> of(report, match);
            case ReturnedMail.Unreadable unreadable -> of(unreadable, match);
            case ReturnedMail.Read(var recipient, var disposition) ->
                plain(NewReturn.Kind.READ, recipient.orElse("") + "\n" + disposition);
            case ReturnedMail.Complaint(var named, var type) -> plain(NewReturn.Kind.COMPLAINT, String.join("\n", named) + "\n" + type);
            case ReturnedMail.Automatic() -> plain(NewReturn.Kind.AUTOMATIC, sender);
            case ReturnedMail.Personal() -> plain(NewReturn.Kind.REPLY, sender);
        };
    }

    private static ReadReturn plain(NewReturn.Kind kind, String says) {
        return new ReadReturn(kind, digest(kind, says), "", List.of());
    }

    private static ReadReturn of(DeliveryReport report, RecipientMatch match) {
        var statuses = new ArrayList<NewReturn.Status>();
        for (var reported : report.recipients()) {
            var positions = match.positions(reported);
            positions.forEach(position -> statuses.add(status(reported, position, match.address(position), report.host())));
            if (positions.isEmpty()) {
                statuses.add(status(reported, NewReturn.UNKNOWN, cut(reported.recipient(), LONGEST_NAME), report.host()));
            }
        }
        // Not in the digest: words are shown, and decide nothing.
        return with(NewReturn.Kind.REPORT, "", statuses).withText(excerpts(report, match));
    }

    private static String excerpts(DeliveryReport report, RecipientMatch match) {
        return report.recipients().stream()
                .filter(reported -> reported.diagnostic().isEmpty())
                .limit(MOST_EXCERPTS)
                .flatMap(reported -> Stream.of(report.excerpt(reported))
                        .filter(words -> !words.isEmpty())
                        .map(words -> Excerpts.line(address(reported, match), words)))
                .distinct()
                .collect(Collectors.joining("\n"));
    }

    /// As it stands in the letter, or as it is reported.
    private static String address(ReportedRecipient reported, RecipientMatch match) {
        return match.positions(reported).stream().findFirst().map(match::address).orElse(cut(reported.recipient(), LONGEST_NAME));
    }

    private ReadReturn withText(String words) {
        return new ReadReturn(kind, digest, words, statuses);
    }

    private static NewReturn.Status status(ReportedRecipient reported, int position, String address, String host) {
        return new NewReturn.Status(
                position,
                address,
                reported.action(),
                reported.status(),
                cut(reported.diagnostic(), LONGEST_DIAGNOSTIC),
                cut(reported.host().isEmpty() ? host : reported.host(), LONGEST_NAME),
                reported.isBadAddress());
    }

    /// Whom its header names, else the one recipient if there is just one; else it isn't known whom it is about.
    private static ReadReturn of(ReturnedMail.Unreadable unreadable, RecipientMatch match) {
        var statuses = new ArrayList<NewReturn.Status>();
        for (var name : unreadable.recipients()) {
            var positions = match.positions(List.of(name));
            positions.forEach(position -> statuses.add(unreadable(position, match.address(position))));
            if (positions.isEmpty()) {
                statuses.add(unreadable(NewReturn.UNKNOWN, cut(name, LONGEST_NAME)));
            }
        }
        if (unreadable.recipients().isEmpty()) {
            match.onlyOne().forEach(position -> statuses.add(unreadable(position, match.address(position))));
        }
        return with(NewReturn.Kind.UNREADABLE, unreadable.text(), statuses);
    }

    private static NewReturn.Status unreadable(int position, String address) {
        return new NewReturn.Status(position, address, Action.FAILED, "", "", "", false);
    }

    private static ReadReturn with(NewReturn.Kind kind, String text, List<NewReturn.Status> all) {
        var statuses = bounded(all);
        var says = statuses.stream()
                .map(status -> status.address() + "\t" + status.action() + "\t" + status.status() + "\t" + status.diagnostic())
                .sorted()
                .collect(Collectors.joining("\n", "", "\n" + text));
        return new ReadReturn(kind, digest(kind, says), text, statuses);
    }

    /// Each recipient once for each action, and only some of those that the letter didn't have.
    private static List<NewReturn.Status> bounded(List<NewReturn.Status> all) {
        var known = new HashSet<String>();
        var statuses = new ArrayList<NewReturn.Status>();
        var unknown = 0;
        for (var status : all) {
            var isUnknown = status.position() == NewReturn.UNKNOWN;
            if (known.add(status.position() + "\t" + status.address() + "\t" + status.action()) && (!isUnknown || unknown++ < MOST_UNKNOWN)) {
                statuses.add(status);
            }
        }
        statuses.sort(RecipientMatch.order());
        return statuses;
    }

    /// Who is to be told of it.
    ///
    /// @param isOfApp whether the letter came from an app
    /// @param hasOffice whether it was for an office
    Set<UntoldReturns.Reader> readers(boolean isOfApp, boolean hasOffice, List<Recipient> recipients) {
        var readers = EnumSet.noneOf(UntoldReturns.Reader.class);
        var isUnreadable = kind == NewReturn.Kind.UNREADABLE;
        var failed = about(Action.FAILED);
        // Also of an address that the letter never had: a recipient may have its mail forwarded there.
        var isAnyFailed = statuses.stream().anyMatch(status -> status.action() == Action.FAILED);
        if (hasOffice && (isUnreadable || isAnyFailed)) {
            readers.add(UntoldReturns.Reader.OFFICE);
        }
        var arrived = about(Action.DELIVERED, Action.RELAYED, Action.EXPANDED);
        if (isOfApp
                && (isUnreadable && failed.isEmpty()
                        || isWanted(failed, recipients, Notify.Occasion.FAILURE)
                        || isWanted(arrived, recipients, Notify.Occasion.SUCCESS))) {
            readers.add(UntoldReturns.Reader.APP);
        }
        return readers;
    }

    private List<NewReturn.Status> about(Action... actions) {
        return statuses.stream()
                .filter(status -> status.position() != NewReturn.UNKNOWN && List.of(actions).contains(status.action()))
                .toList();
    }

    /// RFC 3461 §4.1: without a word of the app's, failures are reported.
    private static boolean isWanted(List<NewReturn.Status> statuses, List<Recipient> recipients, Notify.Occasion occasion) {
        return statuses.stream()
                .map(status -> recipients.get(status.position()).path())
                .map(ForwardPath::reports)
                .anyMatch(notify -> notify.map(asked -> asked.occasions().contains(occasion)).orElse(occasion == Notify.Occasion.FAILURE));
    }

    private static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest ? text : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    private static String digest(NewReturn.Kind kind, String says) {
        return HexFormat.of().formatHex(sha256().digest((kind + "\n" + says).getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
