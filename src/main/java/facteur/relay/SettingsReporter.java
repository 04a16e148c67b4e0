package facteur.relay;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.settings.SettingsCache;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Tells the journal what questions to the source of settings came to. Of files the watch tells, once for each change;
/// here it is only sent to look.
///
/// @param loaders runs what waits for a disk
record SettingsReporter(Journal journal, OfficeWatch watch, Executor loaders) implements SettingsCache.Trouble {
    @Override
    public void loadFailed(OfficeId office, String why) {
        if (watch.isLooking()) {
            loaders.execute(() -> watch.look(office));
        } else {
            journal.record(new MailEvent.SettingsTrouble(office.text(), why));
        }
    }

    @Override
    public void isGone(OfficeId office, Optional<RelationId> relation) {
        journal.record(relation.<MailEvent>map(client -> new MailEvent.CardGone(office.text(), client.text()))
                .orElseGet(() -> new MailEvent.OfficeGone(office.text())));
    }
}
