package facteur.login;

import static facteur.login.Logins.account;
import static facteur.login.Logins.credentials;
import static org.assertj.core.api.Assertions.assertThat;

import facteur.fixture.CountingDerivation;
import facteur.fixture.TestTime;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class GoodLoginsTest {
    private final TestTime time = new TestTime();
    private final GoodLogins logins = new GoodLogins(new SecureRandom(), time);
    private final PasswordHash hash = account("suite", "sesame", new CountingDerivation()).password();

    @Test
    void knowsWhatItWasToldAndNothingElse() {
        logins.add(logins.seal(credentials("suite", "sesame"), hash));
        assertThat(logins.contains(logins.seal(credentials("suite", "sesame"), hash))).isTrue();
        assertThat(logins.contains(logins.seal(credentials("suite", "sesam"), hash))).isFalse();
        assertThat(logins.contains(logins.seal(credentials("suit", "esesame"), hash))).isFalse();
        assertThat(logins.contains(logins.seal(credentials("suites", "esame"), hash))).isFalse();
    }

    @Test
    void forgetsWhenThePasswordWasHashedAnew() {
        logins.add(logins.seal(credentials("suite", "sesame"), hash));
        var again = account("suite", "sesame", new CountingDerivation()).password();
        assertThat(logins.contains(logins.seal(credentials("suite", "sesame"), again))).isFalse();
    }

    @Test
    void forgetsAfterAWhile() {
        logins.add(logins.seal(credentials("suite", "sesame"), hash));
        time.advance(GoodLogins.KEPT);
        assertThat(logins.contains(logins.seal(credentials("suite", "sesame"), hash))).isFalse();
    }
}
