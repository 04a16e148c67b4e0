package facteur.domain;

/// How far a domain's proof has come. Letters leave under an office address only while it is [Verified].
public sealed interface DomainState {
    record Verified() implements DomainState {}

    record Pending() implements DomainState {}
}
