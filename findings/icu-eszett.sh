#!/usr/bin/env bash
# ICU4J 73.2 and 74.2: one domain with a capital sharp s (U+1E9E) is two.
#
# UTS 46 mapped the letter to ss until its revision of 2023 (Unicode 15.1), and to ß since. Non-transitional, with the checks
# for direction and joiners, and no error reported by either:
#
#     73.2 (Unicode 15.0)    straẞe.example    strasse.example
#     74.2 (Unicode 15.1)    straẞe.example    xn--strae-oqa.example
#
# Of all code points, alone between two letters, this is the only one that has two names; the rest differ in what is refused,
# and 74.2 refuses nothing that 73.2 took. So a program that is rebuilt with another ICU sends letters to another
# domain's owner; until all have the same tables, the letter can only be refused.
source "$(dirname "$0")/lib.sh"
cat >Names.java <<'JAVA'
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.IDNA;

class Names {
    private static final IDNA RULES = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    public static void main(String[] words) {
        System.out.println("unicode " + UCharacter.getUnicodeVersion());
        System.out.println("name " + ascii("stra\u1E9Ee.example"));
        for (var c = 0x80; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                System.out.println("%x %s".formatted(c, ascii("a" + Character.toString(c) + "b.example")));
            }
        }
    }

    private static String ascii(String name) {
        var info = new IDNA.Info();
        var ascii = RULES.nameToASCII(name, new StringBuilder(), info);
        return info.hasErrors() ? "refused" : ascii.toString().replace(' ', '_');
    }
}
JAVA
for version in 73.2 74.2; do
    maven com.ibm.icu:icu4j:$version
    java -Dfile.encoding=UTF-8 Names.java >$version
    head -2 $version >$version.names
    sed 1,2d $version | sort >$version.sorted
done
seen 73.2.names 'unicode 15.0.0.0'
seen 74.2.names 'unicode 15.1.0.0'
seen 73.2.names 'name strasse.example'
seen 74.2.names 'name xn--strae-oqa.example'
join 73.2.sorted 74.2.sorted | awk '$2 != "refused" && $2 != $3' >differing
[ "$(cat differing)" = '1e9e assb.example xn--ab-gia.example' ] || { echo 'CHANGED: others differ:'; cat differing; exit 1; }
echo 'as stated: strasse.example, and xn--strae-oqa.example'
