package facteur.office;

/// Who of the office answers for a client, as its relation card names them.
public enum Role {
    COLLABORATOR,
    SUBSTITUTE,
    RESPONSIBLE,
    PARTNER
}
