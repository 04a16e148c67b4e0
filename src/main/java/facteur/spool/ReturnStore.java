package facteur.spool;

import facteur.mail.letter.Provenance;
import facteur.mail.letter.QueueId;
import facteur.mail.returned.Action;
import facteur.mail.smtp.Address;
import facteur.platform.database.Database;
import facteur.platform.database.Statements;
import facteur.platform.log.Erasure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What came back of letters, as it is stored: all that follows from it is one commit, so that nothing is taken and not told.
/// Thread-safe; blocks for the database.
public final class ReturnStore {
    private static final String ANSWERED = "select * from letter where id = ?";
    private static final String PARTS =
            """
            select part.id from letter join letter part on part.message_id = letter.message_id and part.accepted_at = letter.accepted_at
                and part.reverse_path = letter.reverse_path and part.id <> letter.id
            where letter.id = ? and letter.message_id <> '' and part.message_id <> '' order by part.id""";

    private final SqlSpool spool;
    private final ReturnRows rows;
    private final BadAddresses bad;

    /// @param database the spool's
    public ReturnStore(SqlSpool spool, Database database, BadAddresses bad) {
        this.spool = spool;
        rows = new ReturnRows(database.dialect());
        this.bad = bad;
    }

    /// A letter that something came back of.
    ///
    /// @param endedAt empty while it is in the queue
    /// @param replyTo as it left, for people
    /// @param recipients in the order of the envelope
    /// @param cameBack how much of it did so far
    /// @param cameBackInLastHour how much of that did so within an hour
    public record Answered(
            QueueId id,
            Optional<Instant> endedAt,
            Provenance provenance,
            String replyTo,
            List<Recipient> recipients,
            long cameBack,
            long cameBackInLastHour) {
        public Answered {
            recipients = List.copyOf(recipients);
        }

        /// Its id; empty of a letter of the relay's own.
        public String office() {
            return provenance.office().text();
        }

        /// Whether it came from an app, so that its recipients are the office's clients.
        public boolean isOfApp() {
            return provenance.kind() == Provenance.Kind.APP && !provenance.app().isEmpty();
        }

        /// Whether one of its recipients was forgotten: what hosts say of it would name the person again.
        public boolean isForgotten() {
            return recipients.stream().anyMatch(recipient -> recipient.address().toString().equals(Erasure.FORGOTTEN));
        }
    }

    /// The letter of a return address.
    ///
    /// @return empty when it isn't known, or not any more
    public Optional<Answered> answered(QueueId id, Instant now) throws SpoolException {
        return spool.committer().read(statements -> answered(statements, id, now));
    }

    /// What else became of the letter when it was split for its routes: the parts share its return address, which names the first.
    public List<Answered> otherParts(QueueId id, Instant now) throws SpoolException {
        return spool.committer().read(statements -> {
            var parts = new ArrayList<Answered>();
            for (var part : statements.list(PARTS, row -> row.getString(1), id.text())) {
                answered(statements, new QueueId(part), now).ifPresent(parts::add);
            }
            return parts;
        });
    }

    private static Optional<Answered> answered(Statements statements, QueueId id, Instant now) throws SQLException {
        try {
            var recipients = LetterRows.recipients(statements, id.text());
            var count = ReturnRows.count(statements, id, now);
            return statements.first(ANSWERED, row -> answered(row, id, recipients, count), id.text());
        } catch (UnreadableException damaged) {
            throw new SQLException("the rows of letter " + id.text() + " are damaged", damaged);
        }
    }

    private static Answered answered(ResultSet row, QueueId id, List<Recipient> recipients, ReturnRows.Count count) throws SQLException {
        var endedAt = row.getLong("ended_at");
        return new Answered(
                id,
                row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(endedAt)),
                LetterRows.provenance(row),
                row.getString("reply_to_field"),
                recipients,
                count.inAll(),
                count.inLastHour());
    }

    /// What became of a return.
    ///
    /// @param copyOf the first one, of which this is a second copy
    /// @param changed what it says of recipients that it changed something for
    public record Taken(Optional<QueueId> copyOf, List<NewReturn.Status> changed) {
        public Taken {
            changed = List.copyOf(changed);
        }
    }

    /// Takes what was read: it is on disk when this returns, with all that follows. A second copy is noted, and changes nothing.
    public Taken take(NewReturn arrived) throws SpoolException {
        var office = arrived.letter().provenance().office().text();
        var listed = new ArrayList<NewReturn.Status>();
        var taken = spool.newLetters().storeEnded(arrived.letter(), arrived.sizeBytes(), statements -> {
            listed.clear();
            return take(statements, arrived, listed);
        });
        if (!listed.isEmpty()) {
            bad.noteOffice(office);
        }
        return taken;
    }

    private Taken take(Statements statements, NewReturn arrived, List<NewReturn.Status> listed) throws SQLException {
        var answers = arrived.answers();
        var at = arrived.letter().acceptedAt();
        rows.lock(statements, answers);
        var copyOf = ReturnRows.copy(statements, answers, arrived.kind(), arrived.digest(), at);
        ReturnRows.insert(statements, arrived);
        if (copyOf.isPresent()) {
            return new Taken(copyOf, List.of());
        }
        var changed = new ArrayList<NewReturn.Status>();
        for (var status : arrived.statuses()) {
            if (isFinal(status) && ReturnRows.update(statements, answers, status, at)) {
                changed.add(status);
            }
        }
        for (var reader : arrived.readers()) {
            UntoldReturns.note(statements, answers, reader, at);
        }
        listed.addAll(list(statements, arrived));
        return new Taken(Optional.empty(), changed);
    }

    private static boolean isFinal(NewReturn.Status status) {
        return status.position() != NewReturn.UNKNOWN
                && switch (status.action()) {
                    case FAILED, DELIVERED -> true;
                    case DELAYED, RELAYED, EXPANDED -> false;
                };
    }

    /// Keeps the list of addresses that don't work, for letters of apps: other letters go to the office's own people.
    ///
    /// @return what was added
    private static List<NewReturn.Status> list(Statements statements, NewReturn arrived) throws SQLException {
        var office = arrived.letter().provenance().office().text();
        var added = new ArrayList<NewReturn.Status>();
        if (!arrived.isOfApp() || office.isEmpty()) {
            return added;
        }
        if (arrived.kind() == NewReturn.Kind.AUTOMATIC || arrived.kind() == NewReturn.Kind.READ) {
            var answered = address(arrived.sender());
            var _ = answered.isPresent() && BadAddressRows.remove(statements, office, answered.get());
        }
        // One that the letter has twice counts once.
        var known = new HashSet<String>();
        for (var status : arrived.statuses()) {
            var address = Address.parse(status.address());
            if (isFinal(status) && address.isPresent() && known.add(status.address() + "\t" + status.action())) {
                if (status.action() == Action.DELIVERED) {
                    BadAddressRows.remove(statements, office, address.get());
                } else if (status.isBadAddress()) {
                    BadAddressRows.add(statements, office, address.get(), status, arrived.answers(), arrived.letter().acceptedAt());
                    added.add(status);
                }
            }
        }
        return added;
    }

    /// Notes a letter that came to a return address and was relayed: mail from there shows that the address works.
    ///
    /// @param relayed as it is stored
    /// @param sender whom it came from, in angle brackets; `<>`: unknown
    public void note(Relayed relayed, String sender) throws SpoolException {
        var address = address(sender);
        var _ = spool.committer().commit(statements -> {
            ReturnRows.insert(
                    statements, relayed.id(), relayed.answers(), relayed.kind(), sender, relayed.digest(), relayed.at(), "");
            return address.isPresent() && BadAddressRows.remove(statements, relayed.office(), address.get());
        });
    }

    private static Optional<Address> address(String sender) {
        return Address.parse(sender.substring(1, sender.length() - 1));
    }

    /// Whether one of that kind by that sender, about the letter, was relayed within a day.
    ///
    /// @param sender in angle brackets
    public boolean isRelayed(QueueId answers, NewReturn.Kind kind, String sender, Instant at) throws SpoolException {
        return spool.committer().read(statements -> ReturnRows.isRelayed(statements, answers, kind, sender, at));
    }

    /// What was relayed.
    ///
    /// @param id of the new letter
    /// @param answers the letter whose return address it came to
    public record Relayed(QueueId id, QueueId answers, NewReturn.Kind kind, String office, String digest, Instant at) {}

    /// How a letter came to be: it answers one, that may answer another, and so on.
    ///
    /// @param most how far that is followed
    /// @return what each of them was, the letter itself first; none when it isn't an answer
    public List<NewReturn.Kind> line(QueueId letter, int most) throws SpoolException {
        return spool.committer().read(statements -> ReturnRows.line(statements, letter, most));
    }

    /// The first one of a kind that said the same about the same letter within a day.
    public Optional<QueueId> copy(QueueId answers, NewReturn.Kind kind, String digest, Instant at) throws SpoolException {
        return spool.committer().read(statements -> ReturnRows.copy(statements, answers, kind, digest, at));
    }
}
