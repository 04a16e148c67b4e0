package facteur.journal;

/// A step on the way of a letter whose time is measured.
public enum Step {
    /// From the end of its data until the reply is known.
    ACCEPT("Time from the end of a letter's data until its reply is known"),
    /// From and Reply-To, its settings looked up.
    DECISION("Time to decide From and Reply-To, looking up settings included"),
    /// Until a letter is on disk.
    COMMIT("Time until a new letter is on disk");

    private final String help;

    Step(String help) {
        this.help = help;
    }

    String help() {
        return help;
    }
}
