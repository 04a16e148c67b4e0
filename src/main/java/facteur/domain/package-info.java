/// Which domains an office has proved to be its own.
///
/// A claim is an office's wish to write under a domain. It is proved by DNS alone: an ownership record with the claim's
/// token, and a DKIM record with our key.
///
/// ```
///            proved                mismatch              it persists
///   Pending ────────► Verified ◄──────────────► Degraded ───────────► Suspended
///      │ never proved    ▲          proved                                │
///      ▼                 │ proved                                  proved │
///   Failed ──────────────┴────────────────────────────────────────────────┘
/// ```
///
/// A domain that is verified, and of which DNS says nothing for days, is *unconfirmed* until it does.
@org.jspecify.annotations.NullMarked
package facteur.domain;
