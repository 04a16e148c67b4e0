package facteur.platform.log;

/// The value of a field that is the address of a person, as text; in angle brackets or not, or several with commas between.
/// How much of it a line shows is for the [Veil] to say.
public record Personal(String text) {
    @Override
    public String toString() {
        return text;
    }
}
