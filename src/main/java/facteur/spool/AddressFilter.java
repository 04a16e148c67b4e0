package facteur.spool;

import facteur.platform.idna.DomainName;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An address that an operator looks for, or `@domain` for all addresses there: in any case, and whichever way the domain is
/// written, here or in the row. Immutable.
record AddressFilter(String text) {
    /// What a column in lower case must fulfil; each question mark is one of [#values].
    String condition(String column) {
        var one = "lower(" + column + ") " + (text.startsWith("@") ? "like ? escape '\\'" : "= ?");
        return forms().stream().map(_ -> one).collect(Collectors.joining(" or ", "(", ")"));
    }

    /// @param before what the column has before each address
    List<String> values(String before, String after) {
        return forms().stream().map(form -> before + (form.startsWith("@") ? pattern(form) : form) + after).toList();
    }

    private static String pattern(String form) {
        return "%" + form.replaceAll("[\\\\%_]", "\\\\$0");
    }

    private List<String> forms() {
        var lower = text.toLowerCase(Locale.ROOT);
        var domain = lower.substring(lower.lastIndexOf('@') + 1);
        var local = lower.substring(0, lower.length() - domain.length());
        var ascii = local.isEmpty() ? domain : DomainName.ascii(domain).orElse(domain);
        return Stream.of(domain, ascii, DomainName.unicode(ascii)).distinct().map(name -> local + name).toList();
    }
}
