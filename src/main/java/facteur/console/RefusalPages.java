package facteur.console;

import facteur.mail.automatic.Language;
import facteur.web.Answer;
import facteur.web.ProblemDetails;
import facteur.web.Refusals;
import facteur.web.RequestHead;
import java.util.Optional;

/// What the server itself refuses, as a page. Without a frame of an office: who asks may not be known. Thread-safe.
final class RefusalPages implements Refusals {
    private final Services services;
    private final Frames frames;

    RefusalPages(Services services, Frames frames) {
        this.services = services;
        this.frames = frames;
    }

    @Override
    public Answer page(RequestHead head, ProblemDetails why) {
        var texts = Texts.in(language(head));
        var model = new NoticeModel(title(texts, why.status()), text(texts, why), Optional.of(new NoticeModel.Link("/", texts.of("frame.start"))));
        return frames.page(why.status(), "notice", frames.bare(texts), model);
    }

    private Language language(RequestHead head) {
        return Languages.accepted(head.fields("Accept-Language")).orElse(services.pages().get().language());
    }

    private static String title(Texts texts, int status) {
        return texts.of(switch (status) {
            case 404, 405 -> "frame.not-found";
            case 403 -> "frame.forbidden";
            case 413 -> "frame.too-large";
            case 429 -> "frame.too-many";
            case 503 -> "frame.away";
            case 500 -> "frame.fault";
            default -> "frame.unreadable";
        });
    }

    /// What is wrong with a request that no page of ours sends, is told to those who write programs, in English.
    private static String text(Texts texts, ProblemDetails why) {
        return switch (why.status()) {
            case 404, 405 -> texts.of("frame.not-found.text");
            case 403 -> texts.of("error.origin");
            case 413 -> texts.of("frame.too-large.text");
            case 429 -> texts.of("frame.too-many.text");
            case 503 -> texts.of("error.away");
            case 500 -> texts.of("frame.fault.text");
            default -> why.detail();
        };
    }
}
