package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import facteur.mail.smtp.Address;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailboxTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "jan@dupont.example                                             | jan@dupont.example",
        "<jan@dupont.example>                                           | jan@dupont.example",
        "`\t <jan@dupont.example> `                                     | jan@dupont.example",
        "Jan <jan@dupont.example>                                       | Jan <jan@dupont.example>",
        "Jan<jan@dupont.example>                                        | Jan <jan@dupont.example>",
        "Jan  Janssens <jan@dupont.example>                             | Jan Janssens <jan@dupont.example>",
        "J. Janssens, <jan@dupont.example>                              | ",
        "J. P. Janssens <jan@dupont.example>                            | J. P. Janssens <jan@dupont.example>",
        "\"Janssens, Jan\" <jan@dupont.example>                         | Janssens, Jan <jan@dupont.example>",
        "\"Jan \\\"JJ\\\" \\\\ \" <jan@dupont.example>                 | Jan \"JJ\" \\ <jan@dupont.example>",
        "\"\" <jan@dupont.example>                                      | jan@dupont.example",
        "\"Jan\" \"Janssens\" <jan@dupont.example>                      | Jan Janssens <jan@dupont.example>",
        "\"<an@durand.example>\" <jan@dupont.example>                   | jan@dupont.example",
        "\"a@b, c@d\" <jan@dupont.example>                              | jan@dupont.example",
        "[Extern] Jan <jan@dupont.example>                              | [Extern] Jan <jan@dupont.example>",
        "Jan (de oude (of niet)) Janssens <jan@dupont.example>          | Jan Janssens <jan@dupont.example>",
        "jan@dupont.example (Jan Janssens)                              | Jan Janssens <jan@dupont.example>",
        "jan@dupont.example (=?utf-8?Q?J=C3=BCrgen?=)                   | Jürgen <jan@dupont.example>",
        "(Jan) jan@dupont.example                                       | Jan <jan@dupont.example>",
        "(Jan) <jan@dupont.example>                                     | Jan <jan@dupont.example>",
        "(Jan) jan@dupont.example (Janssens)                            | Janssens <jan@dupont.example>",
        "=?utf-8?Q?J=C3=BCrgen, Jan?= <jan@dupont.example>              | Jürgen, Jan <jan@dupont.example>",
        "=?utf-8?Q?J=C3=BCrgen_(Sales:_a;b)?= <jan@dupont.example>      | Jürgen (Sales: a;b) <jan@dupont.example>",
        "jan (x) @ (y) dupont (z) . example                             | jan@dupont.example",
        "jan(a\\)b)@dupont.example                                      | jan@dupont.example",
        "<jan (x) @ dupont.example (y)> (z)                             | jan@dupont.example",
        "\"jan janssens\"@dupont.example                                | \"jan janssens\"@dupont.example",
        "\"a@b\"@dupont.example                                         | \"a@b\"@dupont.example",
        "jan@[192.0.2.10]                                               | jan@[192.0.2.10]",
        "jan@[IPv6:2001:db8::10]                                        | jan@[IPv6:2001:db8::10]",
        "Jürgen <jürgen@bücher.example>                                 | Jürgen <jürgen@bücher.example>",
        "日本 太郎 <taro@dupont.example>                                  | 日本 太郎 <taro@dupont.example>"
    })
    void readsOneMailbox(String text, String mailbox) {
        assertThat(Mailbox.parse(text).map(Mailbox::toString).orElse(null)).isEqualTo(mailbox);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "=?utf-8?B?SsO8cmdlbg==?=                           | Jürgen",
        "=?UTF-8?b?SsO8cmdlbg?=                             | Jürgen",
        "=?utf-8?Q?J=C3=BCrgen_P=2E?=                       | Jürgen P.",
        "=?utf-8?q?J=c3=bcrgen?=                            | Jürgen",
        "=?utf-8?Q?J=C3=BCrgen?= Klein                      | Jürgen Klein",
        "Klein =?utf-8?Q?J=C3=BCrgen?=                      | Klein Jürgen",
        "=?utf-8?Q?J=C3=BC?= =?utf-8?Q?rgen?=               | Jürgen",
        "=?utf-8?Q?J=C3=BC?=   =?iso-8859-1?B?cmdlbg==?=    | Jürgen",
        "=?utf-8?Q?J=C3=BC?= =?utf-8?Q?_rgen?=              | Jü rgen",
        "=?utf-8?Q?J.=C3=BC.?= <                            | ",
        "=?utf-8?Q?J._J=C3=BCrgen_B.V.?=                    | J. Jürgen B.V.",
        "=?iso-8859-1?Q?J=FCrgen?=                          | Jürgen",
        "=?windows-1252?Q?=80_J=FCrgen?=                    | € Jürgen",
        "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=                 | 日本",
        "=?koi8-r?B?6dfBzg==?=                              | Иван",
        "=?utf-8*de?Q?J=C3=BCrgen?=                         | Jürgen",
        "\"=?utf-8?Q?J=C3=BCrgen?=\"                        | Jürgen",
        "=?nonsense-8?Q?J=FCrgen?=                          | Jürgen",
        "=?nonsense-8?Q?J=C3=BCrgen?=                       | Jürgen",
        "=?utf-8?B?!!!?=                                    | =?utf-8?B?!!!?=",
        "=?utf-8?X?abc?=                                    | =?utf-8?X?abc?=",
        "=?utf-8?Q?abc                                      | =?utf-8?Q?abc",
        "=??Q?abc?=                                         | =??Q?abc?=",
        "=?utf-8?Q??=                                       | ``",
        "=?utf-8?Q?a=?=                                     | a=",
        "=?utf-8?Q?a=4?=                                    | a=4",
        "=?utf-8?Q?a=ZZ?=                                   | a=ZZ",
        "=?utf-8?Q?=FF=FE?=                                 | ÿþ",
        "=?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?=              | =?utf-8?Q?x?=",
        "=?utf-8?Q?a=0D=0ABcc:_x?=                          | a Bcc: x",
        "=?utf-8?Q?a=0D=0ABcc=3A_x?=                        | a Bcc: x",
        "=?utf-8?Q?a=00b=1Bc=7Fd?=                          | a b c d",
        "=?utf-8?Q?boss=40bank.example?=                    | ``",
        "=?utf-8?Q?=E2=80=AEtxet_=E2=80=8Bx?=               | txet x"
    })
    void decodesEncodedWords(String phrase, String name) {
        assertThat(Mailbox.parse(phrase + " <jan@dupont.example>").map(Mailbox::name).orElse(null)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Team: a@d.example, B <b@d.example>;                 | a@d.example, B <b@d.example>",
        "Team:a@d.example;, c@d.example                      | a@d.example, c@d.example",
        "c@d.example, \"Team, two\" : a@d.example ;          | c@d.example, a@d.example",
        "A: a@d.example;, B: b@d.example;                    | a@d.example, b@d.example",
        "Nobody:;, c@d.example                               | c@d.example",
        "Jan <jan@d.example>                                 | Jan <jan@d.example>",
        "Nobody:;                                            | ",
        "Team: a@d.example                                   | ",
        "Team: a@d.example; b@d.example                      | ",
        "a@d.example;                                        | ",
        "a@d.example; b@d.example                            | ",
        ": a@d.example;                                      | ",
        "a@d.example: b@d.example;                           | ",
        "Outer: Inner: a@d.example;;                         | ",
        "Team: Jan;                                          | "
    })
    void readsGroupsInAnAddressList(String text, String mailboxes) {
        assertThat(Mailbox.parseAddresses(text)
                .map(list -> list.stream().map(Mailbox::toString).collect(Collectors.joining(", ")))
                .orElse(null))
                .isEqualTo(mailboxes);
        if (text.contains(":")) {
            assertThat(Mailbox.parseList(text)).describedAs("a group is no sender").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        " ",
        "(comment)",
        ",",
        ",,,",
        "jan",
        "<>",
        "Jan <>",
        "Jan <jan>",
        "Jan <jan@>",
        "Jan <@dupont.example>",
        "Jan <jan@dupont.example",
        "Jan jan@dupont.example>",
        "Jan jan@dupont.example",
        "Jan <jan@dupont.example> Janssens",
        "Jan <jan@dupont.example> <an@dupont.example>",
        "Jan <<jan@dupont.example>>",
        "jan@dupont.example an@dupont.example",
        "jan@dupont.example <jan@dupont.example>",
        "an@durand.example, Jan <jan@dupont.example>x",
        "jan@dupont.example; an@dupont.example",
        "<@hub.example:jan@dupont.example>",
        "@hub.example:jan@dupont.example",
        "Klanten: jan@dupont.example;",
        "Klanten:;",
        "undisclosed-recipients:;",
        "jan@dupont.example, Klanten: an@dupont.example;",
        "\"Jan <jan@dupont.example>",
        "Jan\" <jan@dupont.example>",
        "(Jan <jan@dupont.example>",
        "Jan) <jan@dupont.example>",
        "[Jan <jan@dupont.example>",
        "Jan\\ <jan@dupont.example>",
        "jan@evil.example@dupont.example",
        "jan@evil.example\u0000@dupont.example",
        "jan@dupont.example\u0000",
        "<jan@dupont.example\r\n>",
        "Jan\nBcc: x <jan@dupont.example\n>",
        "jan@dupont.example\u202E",
        "\"jan\".\"an\"@dupont.example",
        ". jan@dupont.example",
        "jan. .an@dupont.example",
        "jan. @dupont.example",
        "jan@dupont.example .",
        "jan@ dupont.example.",
        "jan@dupont.example..",
        "jan@evil.example＠dupont.example"
    })
    void refusesWhatIsNoMailbox(String text) {
        assertThat(Mailbox.parse(text)).isEmpty();
        assertThat(Mailbox.parseList(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "jan@dupont.example, an@dupont.example                      | 2",
        "Jan <jan@dupont.example>,An <an@dupont.example>            | 2",
        "\"Janssens, Jan\" <jan@dupont.example>, an@dupont.example  | 2",
        ",jan@dupont.example,,(x),an@dupont.example,                | 2",
        ",jan@dupont.example,,an@dupont.example, ,                  | 2",
        "jan@dupont.example, an                                     | 0",
        "jan@dupont.example (a, b), (c) an@dupont.example           | 2"
    })
    void readsAList(String text, int count) {
        assertThat(Mailbox.parseList(text).map(List::size).orElse(0)).isEqualTo(count);
        assertThat(Mailbox.parse(text)).isEmpty();
    }

    static String[] enormous() {
        var size = 131_072;
        return new String[] {
            "(".repeat(10_000) + ")".repeat(10_000) + " jan@dupont.example",
            "(".repeat(size),
            ")".repeat(size),
            "()".repeat(size / 2),
            "(\\".repeat(size / 2),
            "\"".repeat(size),
            "\"" + "\\\"".repeat(size / 2),
            "\\".repeat(size),
            "[".repeat(size),
            "[\\".repeat(size / 2),
            "<".repeat(size),
            "@".repeat(size),
            ",".repeat(size),
            ".".repeat(size),
            ":;".repeat(size / 2),
            "a".repeat(size),
            "a ".repeat(size / 2),
            "a.".repeat(size / 2),
            "a,".repeat(size / 2),
            "a@b,".repeat(size / 4),
            "a@b ".repeat(size / 4),
            "<a@b>,".repeat(size / 6),
            "a".repeat(size) + " <jan@dupont.example>",
            "a ".repeat(size / 2) + "<jan@dupont.example>",
            "\"" + "a".repeat(size) + "\" <jan@dupont.example>",
            "\"" + "@".repeat(size) + "\" <jan@dupont.example>",
            "\"" + "\\\\".repeat(size / 2) + "\" <jan@dupont.example>",
            "=?utf-8?Q?" + "a".repeat(size) + "?= <jan@dupont.example>",
            "=?utf-8?Q?" + "a".repeat(size) + " <jan@dupont.example>",
            "=?".repeat(size / 2) + " <jan@dupont.example>",
            "=?a*".repeat(size / 4) + " <jan@dupont.example>",
            "?= ".repeat(size / 3) + "=?" + " <jan@dupont.example>",
            "\"?=" + " ".repeat(size) + "=?\" <jan@dupont.example>",
            "=?utf-8?Q?a?= ".repeat(size / 14) + " <jan@dupont.example>",
            "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=".repeat(size / 34) + " <jan@dupont.example>",
            "\u0323\u0301".repeat(size / 4) + " <jan@dupont.example>",
            "\u0301\u0323".repeat(size / 4) + " <jan@dupont.example>",
            "\u202E".repeat(size / 3) + " <jan@dupont.example>",
            "jan@" + "a.".repeat(size / 2) + "example",
            "jan@" + "ü".repeat(size / 2) + ".example",
            "jan@dupont.example " + "(a)".repeat(size / 3)
        };
    }

    @ParameterizedTest
    @MethodSource("enormous")
    @Timeout(2)
    void endsQuicklyWhateverTheLength(String text) {
        assertThat(Mailbox.parseList(text).orElse(List.of()))
                .allSatisfy(mailbox -> assertThat(mailbox.name()).hasSizeLessThanOrEqualTo(256));
    }

    @Test
    void takesAnotherNameOnlyWhenItHasNone() {
        var address = Address.of("jan@dupont.example");
        assertThat(Mailbox.of(address).orNamed("Jan")).isEqualTo(new Mailbox("Jan", address));
        assertThat(new Mailbox("Jan", address).orNamed("An")).isEqualTo(new Mailbox("Jan", address));
    }
}
