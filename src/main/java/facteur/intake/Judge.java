package facteur.intake;

import facteur.message.Header;
import facteur.policy.Policy;
import facteur.policy.SenderReader;
import facteur.policy.SendingContext;
import facteur.settings.Lookup;
import facteur.settings.OfficeId;
import facteur.settings.OfficeSettings;
import facteur.settings.RelationCard;
import facteur.settings.RelationId;
import facteur.settings.SettingsSource;
import facteur.smtp.HeaderEncoding;
import java.time.Instant;

/// Looks up what a letter's office wants and applies the rules. The relay and `facteur explain` both ask here, so what
/// one does the other can tell.
///
/// Thread-safe; blocks for the settings source.
public final class Judge {
    private final SettingsSource settings;
    private final Policy policy;

    public Judge(SettingsSource settings, Policy policy) {
        this.settings = settings;
        this.policy = policy;
    }

    /// @param control what the header says in its control fields
    /// @param header as the app wrote it
    public Judgement judge(OfficeId office, ControlFields control, Header header, HeaderEncoding encoding) {
        return switch (settings.office(office)) {
            case Lookup.Missing<OfficeSettings>() -> new Judgement.NoOffice();
            case Lookup.Unavailable<OfficeSettings>(var why) -> new Judgement.Unavailable(why);
            case Lookup.Found<OfficeSettings>(var found, var loadedAt) -> judge(found, loadedAt, control, header, encoding);
        };
    }

    private Judgement judge(
            OfficeSettings office, Instant loadedAt, ControlFields control, Header header, HeaderEncoding encoding) {
        return switch (card(office.id(), control)) {
            case Lookup.Unavailable<RelationCard>(var why) -> new Judgement.Unavailable(why);
            case Lookup.Missing<RelationCard>() -> judge(office, loadedAt, RelationCard.EMPTY, control, header, encoding);
            case Lookup.Found<RelationCard>(var card, _) -> judge(office, loadedAt, card, control, header, encoding);
        };
    }

    private Lookup<RelationCard> card(OfficeId office, ControlFields control) {
        return control.relation()
                .flatMap(RelationId::parse)
                .map(relation -> settings.relation(office, relation))
                .orElse(new Lookup.Missing<>());
    }

    private Judgement judge(
            OfficeSettings office,
            Instant loadedAt,
            RelationCard card,
            ControlFields control,
            Header header,
            HeaderEncoding encoding) {
        var letter = new SendingContext(office, card, control.context(), SenderReader.read(header, office), encoding);
        return new Judgement.Decided(letter, policy.decide(letter), loadedAt);
    }
}
