package facteur.office;

import facteur.mail.smtp.Address;
import java.util.Optional;

/// The office address that an office wants as From.
///
/// @param name empty = the own company's
public record OfficeFrom(Address address, Optional<String> name) {}
