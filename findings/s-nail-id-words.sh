#!/usr/bin/env bash
# s-nail 14.9.24 (Debian 12): a long field in plain US-ASCII becomes encoded words, and a short one is encoded in half.
#
# Fields that are given with -C are treated as text. One of 80 letters and digits without a blank is cut into two encoded words, of
# charset us-ascii, below an empty first line; of `Café 12` the first word is encoded and the second isn't:
#
#     X-Relation-Id: \r\n
#      =?us-ascii?Q?R-01234567890123456789012345678901234567890123456789012345?=\r\n
#      =?us-ascii?Q?678901234567890123456789?=\r\n
#     X-Context: =?utf-8?B?Q2Fmw6k=?= 12
#
# Python's EmailMessage cuts from 78 characters on, too. So a relay or filter that reads fields of its own has to decode RFC 2047 in
# them and join neighbours, even where only plain ids are sent; comparing the field as it stands finds no such client.
source "$(dirname "$0")/lib.sh"
debian s-nail 14.9.24
sink wire
id=R-$(printf '0123456789%.0s' {1..8})
echo 'Good day!' | HOME=$work root/usr/bin/s-nail -:/ -Sv15-compat -Ssmtp-auth=none -Sttycharset=utf-8 -Smta="smtp://127.0.0.1:$port" \
    -Sfrom=jan@dupont.example -s x -C "X-Relation-Id: $id" -C 'X-Context: Café 12' client@example.com
seen wire 'X-Relation-Id: \r\n'
seen wire ' =?us-ascii?Q?R-01234567890123456789012345678901234567890123456789012345?=\r\n'
seen wire ' =?us-ascii?Q?678901234567890123456789?=\r\n'
seen wire 'X-Context: =?utf-8?B?Q2Fmw6k=?= 12\r\n'
unseen wire "$id"
echo 'as stated: =?us-ascii?Q?…?= twice'
