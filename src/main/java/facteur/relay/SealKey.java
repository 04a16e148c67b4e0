package facteur.relay;

import facteur.mail.dkim.DkimAlgorithm;
import facteur.mail.dkim.KeyFolder;
import facteur.platform.config.ConfigFile;
import facteur.platform.config.Problems;
import facteur.returns.ReturnSettings;

/// Whether replies can be sealed, if they are to be. It is looked at apart from the file: `facteur domain add --relay`, which makes the key,
/// reads the file, too.
public final class SealKey {
    private static final String KEY = "returns.seal";

    private SealKey() {}

    /// @param problems gets one when there is no key for it, or a warning while the key waits for its record
    public static void check(Config config, Problems problems) {
        config.returns().flatMap(ReturnSettings::sealDomain).ifPresent(domain -> check(config, domain, problems));
    }

    private static void check(Config config, String domain, Problems problems) {
        var keys = new KeyFolder(config.state()).read(domain);
        if (keys.signing().stream().anyMatch(key -> key.algorithm() == DkimAlgorithm.RSA)) {
            return;
        }
        var file = config.reading().file();
        var line = ConfigFile.read(file, new Problems(), config.reading().environment()).section("returns").line("seal");
        if (keys.keys().stream().anyMatch(stored -> stored.key().algorithm() == DkimAlgorithm.RSA)) {
            problems.warn(file, line, KEY, "the RSA key of " + domain + " waits for its record in the DNS: until it is seen, replies leave without a "
                    + "seal. Ask: facteur domain check " + domain);
        } else if (!keys.problems().isEmpty()) {
            problems.warn(file, line, KEY, "can't tell whether replies are sealed: " + String.join("; ", keys.problems()));
        } else {
            var missing = keys.keys().isEmpty()
                    ? "there is no key of " + domain
                    : "there is only an Ed25519 key of " + domain + ", and most hosts verify RSA seals only";
            problems.add(file, line, KEY, missing + ". Write: facteur domain add --relay " + domain);
        }
    }
}
