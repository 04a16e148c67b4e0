#!/bin/sh
# An accounting suite by curl: sh suite.sh martin, with FACTEUR_API and FACTEUR_TOKEN in the environment.
set -eu
office=$FACTEUR_API/offices/$1
work=$(umask 077 && mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'Authorization: Bearer %s\n' "$FACTEUR_TOKEN" > "$work/token"   # not in an argument: all users see those

# What is said twice is done once, so a failure is answered by saying it again.
ask() { curl -sS --fail-with-body --retry 5 --retry-connrefused -H @"$work/token" "$@"; }
merge='Content-Type: application/merge-patch+json'

echo '{"company": "Cabinet Martin <office@martin.example>", "contexts": {"invoice": {"reply-to": "responsible"}}}' > "$work/office"
status=$(ask -X PUT -H 'If-None-Match: *' -H 'Content-Type: application/json' -d @"$work/office" -o "$work/saved" -w '%{http_code}' "$office") || true
case $status in
    201) cat "$work/saved" ;;
    412) ask -X PATCH -H "$merge" -d @"$work/office" "$office" ;;       # it is there already
    *) cat "$work/saved" >&2; exit 1 ;;
esac

# All clients, in pieces; those that are named in none of them are gone.
push=${FACTEUR_API%/api/v1}$(ask -X POST -o /dev/null -w '%header{location}' "$office/relations/pushes")
for first in 1 5001; do
    seq "$first" $((first + 4999)) |
        awk '{ printf "{\"relation\":\"R-%d\",\"name\":\"Client %d\",\"responsible\":[\"Jan Janssens <jan@martin.example>\"]}\n", $1, $1 }' |
        ask -H 'Content-Type: application/x-ndjson' --data-binary @- "$push"
done
ask -X POST "$push/finish?rest=delete"

ask -X PATCH -H "$merge" -d '{"responsible": "An Peeters <an@martin.example>"}' "$office/relations/R-42"

# The latest letter, and why it has its From and Reply-To.
ask "$office/letters?limit=1" | sed -n 's/.*"id": "\([0-9a-z]\{16\}\)".*/\1/p' | while read -r letter; do
    ask "$office/letters/$letter"
done
