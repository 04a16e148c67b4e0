package facteur.web;

/// Who makes a request, as soon as it is known. One thread.
final class Caller {
    private String name = "";

    void is(String known) {
        name = known;
    }

    /// Empty while it is not known.
    String name() {
        return name;
    }
}
