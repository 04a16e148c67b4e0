package facteur.web;

/// Ends a request with an answer that says why. Thrown where the request is read, in the middle of an expression; caught in one
/// place, [Router].
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    public RefusedException(Answer answer) {
        super("refused with " + answer.status(), null, false, false);
        this.answer = answer;
    }

    public Answer answer() {
        return answer;
    }
}
