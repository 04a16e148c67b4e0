package facteur.returns;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.returned.Action;
import facteur.mail.returned.DeliveryReport;
import facteur.mail.returned.ReportedRecipient;
import facteur.mail.returned.ReturnedMail;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.OriginalRecipient;
import facteur.spool.NewReturn;
import facteur.spool.Recipient;
import facteur.spool.UntoldReturns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Never a wrong recipient, whatever a report says.
final class ReadReturnPropertyTest {
    private static final List<String> NAMES =
            List.of("an@client.example", "Bo@Client.example", "\"c d\"@x.example", "an@other.example", "bö@faß.example");

    @Provide
    Arbitrary<List<Recipient>> recipients() {
        return Arbitraries.of(NAMES).set().ofMinSize(1).map(names -> names.stream().map(ReadReturnPropertyTest::recipient).toList());
    }

    private static Recipient recipient(String name) {
        return Recipient.pending(ForwardPath.of(Address.of(name))).with(Recipient.Status.RELAYED, "250");
    }

    @Provide
    Arbitrary<ReturnedMail> reports() {
        var names = Arbitraries.oneOf(
                Arbitraries.of(NAMES), Arbitraries.of(NAMES).map(name -> name.toUpperCase(Locale.ROOT)),
                Arbitraries.of("zoe@client.example", "an@client.example.evil", "an", "", "x@xn--fa-hia.example", "bö@xn--fa-hia.example"));
        var reported = Combinators.combine(names.optional(), names, Arbitraries.of(Action.class), Arbitraries.of("5.1.1", "4.4.1", "2.0.0", ""))
                .as((original, name, action, status) -> new ReportedRecipient(original, name, action, status, "550 no", "mx"));
        return Arbitraries.oneOf(
                reported.list().ofMinSize(1).ofMaxSize(60).map(all -> new ReturnedMail.Report(new DeliveryReport("mx", all, ""))),
                names.list().ofMaxSize(5).map(all -> new ReturnedMail.Unreadable(all, "Sorry")),
                Arbitraries.of(new ReturnedMail.Automatic(), new ReturnedMail.Personal()));
    }

    private static boolean isSame(String name, Address address) {
        return Address.parse(name)
                .filter(parsed -> parsed.asciiDomain().equals(address.asciiDomain()))
                .filter(parsed -> parsed.localPart().equalsIgnoreCase(address.localPart()))
                .isPresent();
    }

    @Property
    void eachStatusIsOfARecipientThatTheReportNames(@ForAll("reports") ReturnedMail mail, @ForAll("recipients") List<Recipient> recipients) {
        var read = ReadReturn.of(mail, recipients, List.of(), "<>");
        var named = switch (mail) {
            case ReturnedMail.Report(var report) -> report.recipients().stream().flatMap(each -> each.names().stream()).toList();
            case ReturnedMail.Unreadable unreadable -> unreadable.recipients();
            case ReturnedMail.Read _, ReturnedMail.Complaint _, ReturnedMail.Automatic _, ReturnedMail.Personal _ -> List.<String>of();
        };
        var isOnlyOne = mail instanceof ReturnedMail.Unreadable && named.isEmpty() && recipients.size() == 1;
        for (var status : read.statuses()) {
            if (status.position() != NewReturn.UNKNOWN) {
                var address = recipients.get(status.position()).address();
                assertThat(status.address()).isEqualTo(address.toString());
                assertThat(isOnlyOne || named.stream().anyMatch(name -> isSame(name, address))).isTrue();
            } else {
                assertThat(recipients).noneMatch(recipient -> isSame(status.address(), recipient.address()));
            }
        }
        assertThat(read.statuses()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(20 + recipients.size() * Action.values().length);
    }

    /// Of each recipient that a report names, something is kept.
    @Property
    void noRecipientIsLost(@ForAll("reports") ReturnedMail mail, @ForAll("recipients") List<Recipient> recipients) {
        var read = ReadReturn.of(mail, recipients, List.of(), "<>");
        if (mail instanceof ReturnedMail.Report(var report)) {
            for (var i = 0; i < recipients.size(); i++) {
                var position = i;
                var address = recipients.get(i).address();
                var isNamed = report.recipients().stream().anyMatch(each -> isSame(each.names().getFirst(), address));
                assertThat(!isNamed || read.statuses().stream().anyMatch(status -> status.position() == position)).isTrue();
            }
        }
    }

    /// Whichever host brings it, and in which order.
    @Property
    void aCopyHasTheSameDigest(@ForAll("recipients") List<Recipient> recipients, @ForAll("reports") ReturnedMail mail, @ForAll long seed) {
        if (mail instanceof ReturnedMail.Report(var report)) {
            var once = new ArrayList<ReportedRecipient>();
            for (var each : report.recipients()) {
                if (once.stream().noneMatch(before -> before.action() == each.action())) {
                    once.add(each);
                }
            }
            var shuffled = new ArrayList<>(once);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(digest(shuffled, "other", recipients)).isEqualTo(digest(once, "mx", recipients));
            assertThat(digest(once.subList(1, once.size()), "mx", recipients)).isNotEqualTo(digest(once, "mx", recipients));
        }
    }

    private static String digest(List<ReportedRecipient> reported, String host, List<Recipient> recipients) {
        return ReadReturn.of(new ReturnedMail.Report(new DeliveryReport(host, reported, host)), recipients, List.of(), "<>").digest();
    }

    /// Words without a form are shown: that is all that they do.
    @Property
    void whatIsSaidInWordsAloneDecidesNothing(@ForAll("recipients") List<Recipient> recipients, @ForAll("words") String words) {
        var name = recipients.getFirst().address().toString();
        var silent = new ReportedRecipient(Optional.empty(), name, Action.FAILED, "5.0.0", "", "mx");
        var text = name + ": " + words;
        var read = ReadReturn.of(
                new ReturnedMail.Report(new DeliveryReport("mx", List.of(silent), text)), recipients, List.of(), "<>");
        assertThat(read.text()).isEqualTo(text);
        assertThat(read.statuses()).singleElement().satisfies(status -> {
            assertThat(status.diagnostic()).isEmpty();
            assertThat(status.isBadAddress()).isFalse();
        });
        assertThat(read.digest()).isEqualTo(digest(List.of(silent), "", recipients));
        var clear = new ReportedRecipient(Optional.empty(), name, Action.FAILED, "5.1.1", "550 no", "mx");
        assertThat(ReadReturn.of(new ReturnedMail.Report(new DeliveryReport("mx", List.of(clear), text)), recipients, List.of(), "<>")
                .text()).isEmpty();
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of("550 5.1.1 no such user", "no such mailbox here", "552 5.2.2 boîte pleine");
    }

    @Property
    void peopleAreToldOfEachFailure(@ForAll("reports") ReturnedMail mail, @ForAll("recipients") List<Recipient> recipients) {
        var read = ReadReturn.of(mail, recipients, List.of(), "<>");
        var readers = read.readers(true, true, recipients);
        var isFailure = read.statuses().stream().anyMatch(status -> status.action() == Action.FAILED);
        assertThat(readers.contains(UntoldReturns.Reader.OFFICE)).isEqualTo(isFailure || mail instanceof ReturnedMail.Unreadable);
        assertThat(read.readers(false, false, recipients)).isEmpty();
    }

    @Example
    void anAddressThatTheLetterWentToComesBeforeOneThatItWasFirstWrittenTo() {
        var an = new ForwardPath(
                Address.of("an@client.example"), Optional.of(new Notify(Set.of())), Optional.of(OriginalRecipient.of("rfc822;bo@client.example")));
        var recipients = List.of(Recipient.pending(an), recipient("bo@client.example"));
        var match = new RecipientMatch(recipients.stream().map(Recipient::path).toList(), List.of());
        assertThat(match.positions(List.of("bo@client.example"))).containsExactly(1);
        assertThat(match.positions(List.of("AN@client.example"))).containsExactly(0);
        assertThat(match.positions(List.of("zoe@client.example"))).isEmpty();
        // With its final recipient said, it is known which one is meant.
        assertThat(match.positions(List.of("bo@client.example", "an@client.example"))).containsExactly(0);
        assertThat(match.positions(List.of("bo@client.example", "forwarded@elsewhere.example"))).containsExactly(1);
    }

    /// An app that resolves a list says of each member that the letter was first written to the list.
    @Example
    void ofMembersOfAListTheOneIsMeantThatWasTried() {
        var match = new RecipientMatch(Stream.of("an@client.example", "bo@client.example").map(name -> new ForwardPath(
                Address.of(name), Optional.empty(), Optional.of(OriginalRecipient.of("rfc822;list@dupont.example")))).toList(), List.of());
        assertThat(match.positions(List.of("list@dupont.example", "bo@client.example"))).containsExactly(1);
        assertThat(match.positions(List.of("list@dupont.example", "forwarded@elsewhere.example"))).isEmpty();
    }

    @Example
    void whatIsListedTwiceIsMeantTwice() {
        var match = new RecipientMatch(Stream.of("an@client.example", "bo@client.example", "an@CLIENT.example").map(Address::of)
                .map(ForwardPath::of).toList(), List.of());
        assertThat(match.positions(List.of("An@client.example"))).containsExactly(0, 2);
        assertThat(match.onlyOne()).isEmpty();
        var twice = new RecipientMatch(Stream.of("an@client.example", "an@client.example").map(Address::of).map(ForwardPath::of).toList(), List.of());
        assertThat(twice.onlyOne()).containsExactly(0, 1);
    }

    @Example
    void caseTellsTwoRecipientsApart() {
        var match = new RecipientMatch(Stream.of("An@client.example", "an@client.example").map(Address::of).map(ForwardPath::of).toList(), List.of());
        assertThat(match.positions(List.of("an@client.example"))).containsExactly(1);
        assertThat(match.positions(List.of("An@Client.example"))).containsExactly(0);
        assertThat(match.positions(List.of("AN@client.example"))).containsExactly(0, 1);
    }
}
