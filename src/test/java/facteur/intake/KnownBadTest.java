package facteur.intake;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.TestTime;
import facteur.journal.MailEvent;
import facteur.mail.letter.Letter;
import facteur.mail.message.Mailbox;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Parsed;
import facteur.mail.smtp.ReversePath;
import facteur.office.KnownBad;
import facteur.office.Lookup;
import facteur.office.OfficeId;
import facteur.office.OfficeReturns;
import facteur.office.OfficeSettings;
import facteur.office.RelationCard;
import facteur.office.RelationId;
import facteur.office.Replies;
import facteur.office.ReplyTo;
import facteur.office.Sandbox;
import facteur.office.WhenUnverified;
import facteur.settings.SettingsSource;
import facteur.spool.BadAddress;
import facteur.spool.SpoolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Letters to addresses that are known not to work.
final class KnownBadTest {
    private static final OfficeId DUPONT = new OfficeId("dupont");
    private static final String LETTER = "From: jan@dupont.example\r\nSubject: Facture\r\n\r\nBonjour\r\n";
    private static final String GONE = "gone@client.example";
    private static final BadAddress BAD = new BadAddress(
            GONE, TestTime.START.minus(Duration.ofDays(3)), TestTime.START, 2, "5.1.1", "550 5.1.1 no such user (mx.client.example)", "");

    private Optional<KnownBad> wish = Optional.empty();
    private Sandbox sandbox = Sandbox.OFF;
    private boolean isAway;

    private final SettingsSource settings = new SettingsSource() {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public Lookup<OfficeSettings> office(OfficeId id) {
            return new Lookup.Found<>(
                    new OfficeSettings(
                            DUPONT, "v1", Mailbox.parse("Cabinet Dupont <office@dupont.example>").orElseThrow(), Optional.empty(),
                            new ReplyTo.ToCompany(), Map.of(), List.of(), sandbox, WhenUnverified.FALLBACK, Replies.DIRECT,
                            new OfficeReturns(Optional.empty(), wish, Optional.empty(), Optional.empty())),
                    TestTime.START);
        }

        @Override
        public Lookup<RelationCard> relation(OfficeId id, RelationId relation) {
            return new Lookup.Missing<>();
        }

        @Override
        public void close() {}
    };

    private WayIn way(KnownBad otherwise) {
        return new WayIn(settings, DUPONT, HeaderEncoding.UTF8, new KnownBadRule(this::among, () -> otherwise));
    }

    private List<BadAddress> among(String office, List<Address> addresses) throws SpoolException {
        if (isAway) {
            throw new SpoolException("the database is away");
        }
        assertThat(office).isEqualTo("dupont");
        return addresses.contains(Address.of(GONE)) ? List.of(BAD) : List.of();
    }

    private static Parsed<Letter> submit(WayIn way, String... recipients) {
        return way.submit(LETTER, new Envelope(
                ReversePath.of(Address.of("app@dupont.example")), Stream.of(recipients).map(Address::of).toList(), BodyType.SEVEN_BIT,
                HeaderEncoding.ASCII));
    }

    private static List<String> recipients(Letter letter) {
        return letter.envelope().recipients().stream().map(path -> path.address().toString()).toList();
    }

    private static List<String> actions(WayIn way) {
        return way.journal().events(MailEvent.KnownBad.class).stream().map(MailEvent.KnownBad::action).toList();
    }

    @Test
    void theLetterLeavesAndTheLogSaysSo() {
        var way = way(KnownBad.WARN);
        assertThat(submit(way, "an@client.example", "gone@CLIENT.example")).isInstanceOf(Parsed.Good.class);
        assertThat(recipients(way.letters().getLast())).containsExactly("an@client.example", "gone@CLIENT.example");
        assertThat(way.journal().events(MailEvent.KnownBad.class)).containsExactly(new MailEvent.KnownBad(
                way.letters().getLast().id().text(), "dupont", "gone@CLIENT.example", "warned", BAD.since(), "5.1.1"));
    }

    @Test
    void aLetterToNoneButTheseIsRefused() {
        var way = way(KnownBad.REFUSE);
        assertThat(submit(way, GONE)).isInstanceOfSatisfying(Parsed.Bad.class, bad -> assertThat(bad.reply()).hasToString(
                "550 5.1.1 gone@client.example is known not to work since " + BAD.since() + ", last: 550 5.1.1 no such user (mx.client.example)"));
        assertThat(way.letters()).isEmpty();
        assertThat(actions(way)).containsExactly("refused");
        assertThat(way.journal().events(MailEvent.Refused.class)).hasSize(1);
    }

    @Test
    void theOthersGetTheirsAndTheAppAReport() {
        var way = way(KnownBad.REFUSE);
        assertThat(submit(way, "an@client.example", GONE, "bo@client.example")).isInstanceOf(Parsed.Good.class);
        assertThat(way.letters()).hasSize(2);
        assertThat(recipients(way.letters().getLast())).containsExactly("an@client.example", "bo@client.example");
        var report = way.letters().getFirst();
        assertThat(recipients(report)).containsExactly("app@dupont.example");
        assertThat(WayIn.octets(report.message())).contains(
                "Final-Recipient: rfc822; gone@client.example\r\nAction: failed\r\nStatus: 5.1.1\r\n", "is known not to work since");
        assertThat(actions(way)).containsExactly("left-out");
        assertThat(way.journal().events(MailEvent.Bounced.class)).singleElement()
                .satisfies(bounced -> assertThat(bounced.id()).isEqualTo(way.letters().getLast().id().text()));
    }

    @Test
    void anOfficeMayWishOtherwise() {
        wish = Optional.of(KnownBad.IGNORE);
        var refusing = way(KnownBad.REFUSE);
        assertThat(submit(refusing, GONE)).isInstanceOf(Parsed.Good.class);
        assertThat(actions(refusing)).isEmpty();
        wish = Optional.of(KnownBad.REFUSE);
        assertThat(submit(way(KnownBad.IGNORE), GONE)).isInstanceOf(Parsed.Bad.class);
    }

    /// Nothing leaves there.
    @Test
    void inTheSandboxAllAddressesWork() {
        sandbox = Sandbox.ON;
        assertThat(submit(way(KnownBad.REFUSE), GONE)).isInstanceOf(Parsed.Good.class);
    }

    @Test
    void withoutTheListTheAppTriesAgain() {
        isAway = true;
        assertThat(submit(way(KnownBad.REFUSE), GONE)).isInstanceOfSatisfying(Parsed.Bad.class, bad -> assertThat(bad.reply().code()).isEqualTo(452));
        assertThat(submit(way(KnownBad.IGNORE), GONE)).isInstanceOf(Parsed.Good.class);
    }
}
