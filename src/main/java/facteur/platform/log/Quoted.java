package facteur.platform.log;

/// The value of a field in which others speak, or are quoted: there may be addresses in it, or parts of those that other
/// fields name.
public record Quoted(String text) {
    @Override
    public String toString() {
        return text;
    }
}
