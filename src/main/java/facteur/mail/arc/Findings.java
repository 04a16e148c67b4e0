package facteur.mail.arc;

import facteur.mail.dkim.DkimResult;
import java.util.List;

/// What a letter's signatures said when it came in, before anything was changed.
public record Findings(ArcChain chain, ChainVerdict verdict, List<DkimResult> dkim) {
    public Findings {
        dkim = List.copyOf(dkim);
    }
}
