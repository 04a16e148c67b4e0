package facteur.relay;

import facteur.journal.Journal;
import facteur.journal.MailEvent;
import facteur.office.OfficeId;
import facteur.office.RelationId;
import facteur.settings.SettingsCache;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Journals what lookups of settings came to. For files the watch does so, once per change: here it is only asked to read
/// them.
///
/// @param loaders runs what waits for a disk
record SettingsReporter(Journal journal, OfficeFileWatch watch, Executor loaders) implements SettingsCache.Trouble {
    @Override
    public void loadFailed(OfficeId office, String why) {
        if (watch.isWatching()) {
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
