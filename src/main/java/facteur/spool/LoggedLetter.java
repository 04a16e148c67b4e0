package facteur.spool;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A letter as the values of its rows, on its way into the database. Immutable.
///
/// @param names of the row in `letter`, but for its end
/// @param addresses of the rows in `recipient`, but for how far each has come
/// @param content of the row in `content`; the body is in it
/// @param queue of the row in `queue`: it is leased
/// @param key of the row in `letter_key`; empty = the letter has no name
record LoggedLetter(String id, List<Object> names, List<List<Object>> addresses, List<Object> content, List<Object> queue, List<Object> key) {
    /// Of the columns lease_owner and lease_epoch ([QueueRows#active]).
    boolean isLeasedTo(Lease lease) {
        return queue.get(3).equals(lease.owner()) && ((Number) queue.get(4)).longValue() == lease.epoch();
    }

    /// About how many octets it is written in.
    int sizeBytes() {
        return 2_048 + 256 * addresses.size() + ((byte[]) content.get(1)).length + ((byte[]) content.get(2)).length;
    }

    void writeTo(RecordWriter out) {
        RowValues.write(out, names);
        out.number(addresses.size());
        for (var address : addresses) {
            RowValues.write(out, address);
        }
        RowValues.write(out, content);
        RowValues.write(out, queue);
        RowValues.write(out, key);
    }

    /// @throws IOException when it isn't what was written
    static LoggedLetter read(DataInputStream in) throws IOException {
        var names = RowValues.read(in);
        var addresses = new ArrayList<List<Object>>();
        for (var left = in.readInt(); left > 0; left--) {
            addresses.add(RowValues.read(in));
        }
        if (names.isEmpty()) {
            throw new IOException("not a letter");
        }
        return new LoggedLetter(
                names.getFirst().toString(), names, addresses, RowValues.read(in), RowValues.read(in), RowValues.read(in));
    }
}
