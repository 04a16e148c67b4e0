package facteur.notice;

import facteur.fixture.RecordingJournal;
import facteur.fixture.TestTime;
import facteur.mail.automatic.Language;
import facteur.mail.bounce.DsnWriter;
import facteur.mail.dkim.DkimKey;
import facteur.mail.dkim.Signer;
import facteur.mail.letter.LateBound;
import facteur.mail.letter.Letter;
import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.letter.QueueIds;
import facteur.mail.letter.RouteId;
import facteur.mail.message.Header;
import facteur.mail.message.Mailbox;
import facteur.mail.message.MemoryBody;
import facteur.mail.message.Message;
import facteur.mail.returnpath.ReturnAddresses;
import facteur.mail.returnpath.ReturnKey;
import facteur.mail.returnpath.ReturnKeys;
import facteur.mail.returnpath.ReturnKind;
import facteur.mail.smtp.Address;
import facteur.mail.smtp.BodyType;
import facteur.mail.smtp.DsnRequest;
import facteur.mail.smtp.Envelope;
import facteur.mail.smtp.ForwardPath;
import facteur.mail.smtp.HeaderEncoding;
import facteur.mail.smtp.Notify;
import facteur.mail.smtp.OriginalRecipient;
import facteur.mail.smtp.ReversePath;
import facteur.mail.smtp.Xtext;
import facteur.office.BounceReaders;
import facteur.office.Lookup;
import facteur.office.OfficeReturns;
import facteur.office.OfficeSettings;
import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import facteur.spool.SpoolException;
import facteur.spool.SqlSpool;
import facteur.spool.StateFolder;
import facteur.spool.UntoldReturns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// Nodes that tell of letters that came back, with a real spool, and a clock that a test sets.
final class ReturnNoticesRig implements AutoCloseable {
    static final String SUBJECT = "Facture n° 118";
    static final String REPLY_TO = "An Peeters <an@dupont.example>, Jan <jan@dupont.example>";
    private static final RouteId ROUTE = new RouteId("capture");
    private static final List<String> RECIPIENTS = List.of("info@client.example", "boek@client.example");

    final TestTime time = new TestTime();
    final List<Letter> sent = new CopyOnWriteArrayList<>();
    final RecordingJournal journal = new RecordingJournal();
    final Database database;
    final ReturnAddresses addresses = new ReturnAddresses(
            new ReturnAddresses.Domains("return.example", Optional.of("reply.example")),
            () -> new ReturnKeys(List.of(new ReturnKey(0, ReturnKey.newSecret(new Random(1)), TestTime.START))));

    /// As an office or its source says it.
    volatile Lookup<OfficeSettings> office;
    volatile Lookup<List<Mailbox>> late = new Lookup.Missing<>();
    volatile Optional<ReturnReaders.Telling> telling;

    private final QueueIds ids = new QueueIds(time, new Random(1));
    private final List<DkimKey> keys;
    private final StateFolder folder;
    private final SqlSpool spool;

    /// Opens the database of a state folder, with today's tables.
    interface Opening {
        Database open(Path state) throws SQLException;
    }

    /// @param keys that notices are signed with
    ReturnNoticesRig(Path state, Opening opening, List<DkimKey> keys) throws SpoolException, SQLException {
        this.keys = keys;
        folder = StateFolder.open(state);
        database = opening.open(state);
        spool = SqlSpool.open(folder, database, 0, time, _ -> {});
        office = new Lookup.Found<>(ReturnReadersTest.office(OfficeReturns.STANDARD), TestTime.START);
        telling = Optional.of(telling(BounceReaders.REPLY_TO, true));
    }

    @Override
    public void close() {
        spool.close();
        database.close();
        folder.close();
    }

    ReturnReaders.Telling telling(BounceReaders tell, boolean app) {
        return new ReturnReaders.Telling(tell, app, addresses::isOurs);
    }

    ReturnNotices node(ChangeNotices.Outbox outbox) {
        var letters = new ReturnLetters(
                language -> new ReturnNoticeWriter(
                        "relay.example.org", "shared.example", ReversePath.NULL, language.orElse(Language.EN), ZoneId.of("Europe/Brussels")),
                () -> new ReturnReportWriter(new DsnWriter("relay.example.org", "shared.example", Language.EN), ReversePath.NULL),
                new Signer(domain -> domain.equals("shared.example") ? keys : List.of(), time),
                time);
        return new ReturnNotices(
                new UntoldReturns(database), () -> telling, new ReturnReaders(_ -> office, _ -> late), letters, outbox, ids, journal, time);
    }

    void store(Letter letter) throws SpoolException {
        spool.acceptActive(ROUTE, letter);
        sent.add(letter);
    }

    /// A letter that leaves with a return address.
    ///
    /// @param returnPath the app's own
    QueueId leaves(String returnPath, String replyTo) throws SpoolException {
        return leaves(returnPath, replyTo, Optional.empty());
    }

    QueueId leaves(String returnPath, String replyTo, Optional<LateBound> lateBound) throws SpoolException {
        var id = ids.next();
        var header = Header.parse(("From: Dupont <inbox@shared.example>\r\nReply-To: " + replyTo + "\r\nSubject: =?UTF-8?Q?Facture_n=C2=B0_118?=\r\n"
                + "Message-ID: <118@suite.example>\r\n").getBytes(StandardCharsets.US_ASCII));
        var paths = RECIPIENTS.stream()
                .map(address -> new ForwardPath(
                        Address.of(address),
                        Optional.of(Notify.of("SUCCESS,FAILURE")),
                        Optional.of(OriginalRecipient.of("rfc822;" + address))))
                .toList();
        var envelope = new Envelope(
                ReversePath.of(addresses.of(ReturnKind.BOUNCE, id).orElseThrow()),
                paths,
                BodyType.SEVEN_BIT,
                HeaderEncoding.ASCII,
                new DsnRequest(Optional.empty(), Optional.of(new Xtext("env118"))));
        var provenance = Provenance.parse("suite", "dupont", "", "K-0815", "", "from.shared", "general.company", "7", "", "");
        spool.acceptActive(ROUTE, new Letter(
                id, time.instant(), provenance, envelope, ReversePath.of(returnPath), new Message(header, new MemoryBody(new byte[0])), lateBound));
        return id;
    }

    /// As a report that comes in is stored, and noted for both readers.
    ///
    /// @param position of the recipient
    void comesBack(QueueId letter, int position, String action, String status) throws SQLException {
        comesBack(letter, position, action, status, UntoldReturns.Reader.values());
    }

    void comesBack(QueueId letter, int position, String action, String status, UntoldReturns.Reader... readers) throws SQLException {
        comesBack(letter, position, RECIPIENTS.get(position), action, status, readers);
    }

    /// Of an address that mail was forwarded to, for people.
    void comesBack(QueueId letter, String address) throws SQLException {
        comesBack(letter, -1, address, "failed", "5.1.1", UntoldReturns.Reader.OFFICE);
    }

    private void comesBack(QueueId letter, int position, String address, String action, String status, UntoldReturns.Reader... readers)
            throws SQLException {
        var id = ids.next();
        var _ = database.inTransaction(statements -> {
            insert(id, letter, action.isEmpty() ? "unreadable" : "report", statements);
            statements.update(
                    "insert into return_status (return_id, number, letter_id, position, address, action, status, diagnostic, host)"
                            + " values (?, 0, ?, ?, ?, ?, ?, '550 no such user', 'mx.client.example')",
                    id.text(), letter.text(), position, address, action.isEmpty() ? "failed" : action, status);
            for (var reader : readers) {
                UntoldReturns.note(statements, letter, reader, time.instant());
            }
            return 0;
        });
    }

    private void insert(QueueId id, QueueId letter, String kind, Statements statements) throws SQLException {
        var now = time.millis();
        statements.update(
                """
                insert into letter (id, accepted_at, app, office, context, relation, sender, from_rule, reply_to_rule, settings_version,
                    reverse_path, original_reverse_path, body_type, header_encoding, size_bytes, ended_at, kind)
                values (?, ?, '', 'dupont', '', '', '', '', '', '', '<>', '<>', '7BIT', 'ASCII', 0, ?, 'return')""",
                id.text(), now, now);
        statements.update(
                "insert into letter_return (id, letter_id, kind, sender, digest, at, text) values (?, ?, ?, '<>', ?, ?, 'Zugestellt? Nein.')",
                id.text(), letter.text(), kind, id.text(), now);
    }

    /// All notices and reports, in the order in which they were stored: to whom, and on what.
    List<String> told() {
        return sent.stream().map(letter -> letter.envelope().recipients().getFirst().address().toString()).toList();
    }

    List<Letter> to(String address) {
        return sent.stream().filter(letter -> letter.envelope().recipients().getFirst().address().toString().equals(address)).toList();
    }

    static String text(Letter letter) throws Exception {
        return ReturnSamples.text(letter.message());
    }
}
