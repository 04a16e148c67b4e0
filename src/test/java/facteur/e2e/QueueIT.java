package facteur.e2e;

/// On SQLite.
final class QueueIT extends QueueContract {
    @Override
    String spool() {
        return "";
    }
}
