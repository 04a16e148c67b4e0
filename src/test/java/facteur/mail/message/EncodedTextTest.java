package facteur.mail.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EncodedTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "plain                                                          | plain",
        "=?UTF-8?Q?J=C3?= =?UTF-8?Q?=BCrgen?=                           | Jürgen",
        "=?UTF-8?Q?J=C3?==?utf-8?Q?=BCrgen?=                            | Jürgen",
        "=?UTF-8?Q?J=C3?= =?UTF-8?B?vHJnZW4=?=                          | Jürgen",
        "=?UTF-8?B?SsM=?= =?UTF-8?B?vHJnZW4=?=                          | Jürgen",
        "=?UTF-8?B?Ss?= =?UTF-8?B?O8cmdlbg==?=                          | Jürgen",
        "=?shift_jis?B?k/o=?= =?shift_jis?B?lg==?= =?shift_jis?B?ew==?= | 日本",
        "=?euc-jp?B?xg==?= =?euc-jp?B?/Mvc?=                            | 日本",
        "=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?B?S1wbKEI=?=          | 日本",
        "=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?B?GyRCS1wbKEI=?=      | 日本",
        "=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?Q?abc?=               | 日abc",
        "=?UTF-8?Q?J=C3=BCrgen?= =?iso-8859-1?Q?_M=FCller?=             | Jürgen Müller",
        "=?UTF-8?Q?J=C3=BCrgen Janssens?=                               | Jürgen Janssens",
        "=?UTF-8?B?SsO8 cmdl bg==?=                                     | Jürgen",
        "=?UTF-8?Q?Who=3F?_J=C3=BC?=                                    | Who?? Jü",
        "=?utf-8*en-GB?Q?J=C3=BCrgen?=                                  | Jürgen",
        "=?UTF8?Q?J=C3=BCrgen?= =?utf-8?Q?!?=                           | Jürgen!",
        "=?cp1252?Q?=80?= =?windows-1252?Q?=80?= =?x-cp1252?Q?=80?=     | €€€",
        "=?iso-8859-1?Q?=80_=96?=                                       | € –",
        "=?iso-8859-8-i?Q?=F9=EC=E5=ED?=                                | שלום",
        "=?ks_c_5601-1987?B?waY=?=                                      | 제",
        "=?ks_c_5601-1987?B?jGM=?=                                      | 똠",
        "=?gb2312?B?9ro=?=                                              | 龊",
        "=?gb2312?B?6UY=?=                                              | 镕",
        "=?koi8-r?B?6dfBzg==?=                                          | Иван",
        "=?macintosh?Q?J=9Frgen?=                                       | Jürgen",
        "=?us-ascii?Q?J=C3=BCrgen?=                                     | Jürgen",
        "=?us-ascii?Q?J=FCrgen?=                                        | Jürgen",
        "=?unknown-8bit?Q?J=FCrgen?=                                    | Jürgen",
        "=?unknown-8bit?Q?J=C3=BCrgen?=                                 | Jürgen",
        "=?x-klingon?B?SsO8cmdlbg==?=                                   | Jürgen",
        "=?utf-8?Q?J=FCrgen?=                                           | Jürgen",
        "=?utf-8?Q?J=C3=BCrgen_Jan=C3?=                                 | Jürgen Jan",
        "=?utf-8?Q?=E2=82?=                                             | ``",
        "=?windows-1252?Q?a=81b?=                                       | ab",
        "=?utf-8?B?SsO8cmdlbg?=                                         | Jürgen",
        "=?utf-8?B?SsO8cmdlbg===?=                                      | Jürgen",
        "=?utf-8?B?SsO8cmdl=?= =?utf-8?B?bg?=                           | Jürgen",
        "=?utf-8?Q?a=4?=                                                | a=4",
        "=?utf-8?Q?a_=ZZ?=                                              | a =ZZ",
        "=?utf-8?B?SsO8c?=                                              | =?utf-8?B?SsO8c?=",
        "=?utf-8?B?a*b?= =?utf-8?Q?c?=                                  | =?utf-8?B?a*b?= c",
        "=?utf-8?Q?c?= =?utf-8?B?a*b?=                                  | c =?utf-8?B?a*b?=",
        "=?utf-8?Q?J=C3=BC                                              | =?utf-8?Q?J=C3=BC",
        "=?utf-8?Q?J =?utf-8?Q?=C3=BC?=                                 | =?utf-8?Q?J ü",
        "=?utf-8?Q?a?= b =?utf-8?Q?c?=                                  | a b c",
        "x=?utf-8?Q?a?=y                                                | xay",
        "=?*en?Q?a?=                                                    | =?*en?Q?a?=",
        "=? =?= ?=                                                      | =? =?= ?="
    })
    void readsForPeople(String text, String readable) {
        assertThat(EncodedText.readable(text)).isEqualTo(readable).doesNotContain("\uFFFD");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "plain  text                                                    | plain  text",
        "=?UTF-8?Q?J=C3?= =?UTF-8?Q?=BCrgen?=                           | Jürgen",
        "=?UTF-8?B?SsM=?= =?UTF-8?B?vHJnZW4=?=                          | Jürgen",
        "=?UTF-8?Q?J=C3=BCrgen Janssens?= 12                            | Jürgen Janssens 12",
        "=?UTF-8?Q?J=C3=BCrgen?= =?iso-8859-1?Q?_M=FCller?=             | Jürgen Müller",
        "=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?Q?abc?=               | 日abc",
        "=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?B?GyRCS1wbKEI=?=      | 日本",
        "=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?B?SxsoQg==?=          | 日K",
        "=?utf-8?Q?=EF=BF=BD?=                                          | \uFFFD",
        "=?utf-8?Q??=                                                   | ``",
        "=? Q? =?= a=?b                                                 | =? Q? =?= a=?b"
    })
    void readsToTheLetter(String text, String exact) {
        assertThat(EncodedText.exact(text)).isEqualTo(new Decoded.Text(exact));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "=?utf-8?Q?J=FCrgen?=",
        "=?utf-8?Q?J=C3=BCrgen_Jan=C3?=",
        "=?utf-8?Q?ab?= =?utf-8?Q?=C3?=",
        "ab =?x-klingon?Q?c?=",
        "=?utf-8?Q?ab?= =?x-klingon?Q?c?=",
        "=?utf-8?B?SsO8cmdlbg?=",
        "=?utf-8?B?SsO8cmdlbg===?=",
        "=?utf-8?B?UjE?= =?utf-8?Q?ab?=",
        "=?utf-8?Q?ab=?=",
        "=?utf-8?Q?ab",
        "ab =?utf-8?Q?cd",
        "=?utf-8?Q?ab =?utf-8?Q?cd?=",
        "=?utf-8?Q?J\u00FCrgen?=",
        "=?windows-1252?Q?=81?=",
        "=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?Q?ab?=",
        "=?iso-2022-jp?B?GyRCRnw=?= =?iso-2022-jp?B?S1wbKEI=?="
    })
    void readsNothingByHalves(String text) {
        assertThat(EncodedText.exact(text)).isInstanceOf(Decoded.Undecodable.class);
    }

    @Test
    void readsWhatItEncodes() {
        var text = "\uD83D\uDE00é日".repeat(200);
        assertThat(EncodedText.exact(String.join(" ", EncodedWord.encode(text)))).isEqualTo(new Decoded.Text(text));
    }

    static List<String> parts() {
        return List.of("=?u?Q?", "=?", "?=", "=?utf-8?Q?a?= ", "=?utf-8?Q?=C3?= ", "=?utf-8?B?YQ?=", "=?utf-8?B?Y?= ", "=?utf-8?B?*?= ",
                "=?k?Q?=FF?= ", "=?u?Q?=?", "?", "=? ");
    }

    @ParameterizedTest
    @MethodSource("parts")
    @Timeout(30)
    void endsQuicklyWhateverTheLength(String part) {
        var text = part.repeat(65_536 / part.length());
        for (var each : List.of(text, text + "?=", "=?utf-8?Q?" + text)) {
            assertThat(EncodedText.readable(each)).hasSizeLessThanOrEqualTo(each.length());
            assertThat(EncodedText.exact(each)).isNotNull();
        }
    }

    @Test
    @Timeout(30)
    void manyUnknownCharsetsCostNoMore() {
        var text = new StringBuilder();
        for (var i = 0; i < 8_000; i++) {
            text.append("=?k").append(i).append("?Q?=FC?= ");
        }
        assertThat(EncodedText.readable(text.toString())).startsWith("üü");
    }

    @Test
    void anyOctetsOfAnyCharsetCanBeRead() {
        var octets = new byte[768];
        for (var i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i < 256 ? i : i * 31 >> 2);
        }
        for (var charset : Charset.availableCharsets().keySet()) {
            assertThat(MailCharset.readable(octets, charset)).describedAs(charset).doesNotContain("\uFFFD").isNotBlank();
        }
        assertThat(MailCharset.guess("J\u00FCrgen \u0096 x".getBytes(StandardCharsets.ISO_8859_1))).isEqualTo("Jürgen – x");
    }
}
