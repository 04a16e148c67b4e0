package facteur.upstream;

import facteur.mail.smtp.TlsMode;
import facteur.platform.config.HostAndPort;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// What an upstream shows before any letter is sent.
public sealed interface Inspection {
    /// Of the upstream.
    String name();

    /// Letters are captured.
    ///
    /// @param trouble why it can't be written; empty when it can
    record Folder(String name, Path folder, Optional<String> trouble) implements Inspection {}

    /// Letters are lost.
    record Nothing(String name) implements Inspection {}

    /// Letters go to a host.
    ///
    /// @param greeting its text, without the code
    /// @param extensions what it offers by its last reply to EHLO, as understood; its name first
    /// @param eightBit what becomes of letters with 8-bit octets; empty when it offers 8BITMIME, or has offered nothing yet
    /// @param login who we were to it; empty = not logged in
    /// @param againstReports what it has against `MAIL FROM:<>`, and so against reports; empty = nothing that is known
    /// @param againstReturns what it has against the reverse-path that letters leave with; empty = nothing that is known
    /// @param failure how far we came; empty = it is ready for a letter
    record Host(
            String name,
            HostAndPort address,
            TlsMode tlsMode,
            List<String> greeting,
            List<String> extensions,
            Optional<Tls> tls,
            Optional<EightBit> eightBit,
            Optional<String> login,
            Optional<FailureCause> againstReports,
            Optional<FailureCause> againstReturns,
            Optional<Outcome.TempFailed> failure) implements Inspection {}

    /// @param protocol such as `TLSv1.3`; empty when the handshake failed, as is the cipher
    /// @param chain as shown, the host's own certificate first
    record Tls(String protocol, String cipher, List<X509Certificate> chain) {}
}
