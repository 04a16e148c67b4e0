package facteur.office;

import facteur.mail.smtp.Address;
import java.util.Optional;

/// The address that an office asks for as From.
///
/// @param name empty = the company's
public record OfficeFrom(Address address, Optional<String> name) {}
