package facteur.mail.returned;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Any letter that comes to a return address: there is a decision, and what it says is bounded and clean.
final class ReturnedMailFuzzer {
    @FuzzTest(maxDuration = "1m")
    void givesADecision(byte[] letter) {
        ReturnedChecks.check(Returns.readOctets("<>", letter));
        ReturnedChecks.check(Returns.readOctets("<client@example.com>", letter));
    }
}
