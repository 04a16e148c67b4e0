package facteur.web;

/// One method of one form of path. Immutable.
public final class Route {
    /// Answers a request. It may throw a [RefusedException].
    @FunctionalInterface
    public interface Handler {
        Answer answer(Request request);
    }

    private final String method;
    private final PathPattern path;
    private final Handler handler;

    /// @param path such as `/api/v1/offices/{office}/relations/{relation:any}`: [PathPattern]
    public Route(String method, String path, Handler handler) {
        this.method = method;
        this.path = new PathPattern(path);
        this.handler = handler;
    }

    public String method() {
        return method;
    }

    /// As documents write it: `/api/v1/offices/{office}/relations/{relation}`.
    public String path() {
        return path.toString();
    }

    PathPattern pattern() {
        return path;
    }

    /// HEAD is GET without a body (RFC 9110 §9.3.2).
    boolean takes(String asked) {
        return method.equals(asked) || method.equals("GET") && asked.equals("HEAD");
    }

    Answer answer(Request request) {
        return handler.answer(request);
    }

    /// The label of meters: `GET /api/v1/offices`.
    @Override
    public String toString() {
        return method + " " + path;
    }
}
