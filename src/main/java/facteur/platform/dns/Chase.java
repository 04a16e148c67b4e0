package facteur.platform.dns;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// The way from a name to its records, through the aliases of one or more messages (RFC 1034 §4.3.2, RFC 2308 §2). Records
/// that aren't on the way don't count. For one thread.
final class Chase {
    /// As many as common resolvers follow.
    private static final int ALIAS_LIMIT = 11;

    private final List<String> aliases = new ArrayList<>();
    private final RecordType type;
    private Name name;
    private long ttlSeconds = Integer.MAX_VALUE;
    private DnsAnswer.Validation validation = DnsAnswer.Validation.AUTHENTIC;

    Chase(Name name, RecordType type) {
        this.name = name;
        this.type = type;
    }

    /// What is to be asked next.
    Record question() {
        return Record.newRecord(name, number(), DClass.IN);
    }

    private int number() {
        return switch (type) {
            case MX -> Type.MX;
            case TXT -> Type.TXT;
        };
    }

    /// @return empty when it led on to another name, and no further
    Optional<DnsAnswer> hear(Message message) {
        var header = message.getHeader();
        if (!header.getFlag(Flags.AD)) {
            validation = DnsAnswer.Validation.UNSIGNED;
        }
        if (!isAnswerTo(message)) {
            return unknown("an answer to another question");
        }
        if (header.getRcode() != Rcode.NOERROR && header.getRcode() != Rcode.NXDOMAIN) {
            return unknown(Rcode.string(header.getRcode()));
        }
        if (header.getFlag(Flags.TC)) {
            return unknown("an answer cut short");
        }
        var asked = name;
        var texts = texts(message);
        while (texts.isEmpty()) {
            var alias = records(message, Type.CNAME);
            if (alias.isEmpty()) {
                return nothingAt(message, asked);
            }
            if (alias.size() > 1 || aliases.size() == ALIAS_LIMIT) {
                return unknown("aliases without end");
            }
            name = ((CNAMERecord) alias.getFirst()).getTarget();
            aliases.add(text(name));
            texts = texts(message);
        }
        return Optional.of(new DnsAnswer.Found(texts, aliases, validation, ttl()));
    }

    private Optional<DnsAnswer> nothingAt(Message message, Name asked) {
        if (message.getHeader().getRcode() == Rcode.NXDOMAIN) {
            return absent(message, DnsAnswer.Absence.NO_NAME);
        }
        if (has(message, Type.SOA)) {
            return absent(message, noRecord());
        }
        if (!name.equals(asked)) {
            return Optional.empty();
        }
        // RFC 2308 §2.2: without SOA it is NODATA still, unless it points to others.
        return has(message, Type.NS) && !message.getHeader().getFlag(Flags.AA)
                ? unknown("a referral")
                : absent(message, noRecord());
    }

    private Optional<DnsAnswer> absent(Message message, DnsAnswer.Absence absence) {
        message.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .findFirst()
                .ifPresentOrElse(
                        // RFC 2308 §5
                        soa -> noteTtl(Math.min(soa.getTTL(), soa.getMinimum())), () -> noteTtl(0));
        return Optional.of(new DnsAnswer.Absent(absence, aliases, validation, ttl()));
    }

    private static Optional<DnsAnswer> unknown(String why) {
        return Optional.of(new DnsAnswer.Unknown(why));
    }

    private boolean isAnswerTo(Message message) {
        var question = message.getQuestion();
        return message.getHeader().getFlag(Flags.QR)
                && question != null
                && question.getName().equals(name)
                && question.getType() == number()
                && question.getDClass() == DClass.IN;
    }

    private List<String> texts(Message message) {
        return switch (type) {
            case MX -> records(message, Type.MX).stream()
                    .map(MXRecord.class::cast)
                    .sorted(Comparator.comparingInt(MXRecord::getPriority))
                    .map(record -> record.getPriority() + " " + record.getTarget().toString().toLowerCase(Locale.ROOT))
                    .toList();
            case TXT -> records(message, Type.TXT).stream().map(record -> text((TXTRecord) record)).toList();
        };
    }

    private DnsAnswer.Absence noRecord() {
        return switch (type) {
            case MX -> DnsAnswer.Absence.NO_MX;
            case TXT -> DnsAnswer.Absence.NO_TEXT;
        };
    }

    /// Those at the name, whose time to live counts from now on.
    private List<Record> records(Message message, int type) {
        var records = message.getSection(Section.ANSWER).stream()
                .filter(record -> record.getType() == type && record.getDClass() == DClass.IN && record.getName().equals(name))
                .toList();
        records.forEach(record -> noteTtl(record.getTTL()));
        return records;
    }

    private static boolean has(Message message, int type) {
        return message.getSection(Section.AUTHORITY).stream().anyMatch(record -> record.getType() == type);
    }

    private static String text(TXTRecord record) {
        var text = new StringBuilder();
        record.getStringsAsByteArrays().forEach(octets -> text.append(new String(octets, StandardCharsets.ISO_8859_1)));
        return text.toString();
    }

    private static String text(Name name) {
        return name.toString(true).toLowerCase(Locale.ROOT);
    }

    private void noteTtl(long seconds) {
        ttlSeconds = Math.min(ttlSeconds, seconds);
    }

    private Duration ttl() {
        return Duration.ofSeconds(ttlSeconds);
    }
}
