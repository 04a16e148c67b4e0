package facteur.store;

/// How many cards a version made, changed and removed.
public record CardChangeCounts(long created, long changed, long deleted) {
    public boolean isNone() {
        return created + changed + deleted == 0;
    }
}
