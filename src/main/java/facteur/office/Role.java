package facteur.office;

/// The ways in which an employee answers for a client, as its relation card names them.
public enum Role {
    COLLABORATOR,
    SUBSTITUTE,
    RESPONSIBLE,
    PARTNER
}
