#!/bin/sh
# Makes the certificates and keys of this folder, all for tests only; see README.md.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/issued"
: > "$work/index"
cat > "$work/config" <<END
[ca]
default_ca = test
[test]
new_certs_dir = $work/issued
database = $work/index
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
[any]
commonName = supplied
END
from=20260101000000Z
until=21260101000000Z

ec() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }

# key, subject, extensions, authority's certificate and key or "-selfsign" and the key, where to
issue() {
    printf '%b' "$3" > "$work/extensions"
    openssl req -new -key "$1" -subj "/CN=$2" -out "$work/request"
    if [ "$4" = -selfsign ]; then set -- "$1" "$2" "$3" -selfsign "$5" "$6"; else set -- "$1" "$2" "$3" "-cert $4" "$5" "$6"; fi
    # shellcheck disable=SC2086
    openssl ca -batch -notext -config "$work/config" -in "$work/request" $4 -keyfile "$5" -out "$6" \
        -startdate $from -enddate $until -extfile "$work/extensions" 2> "$work/said" || { cat "$work/said"; exit 1; }
}
authority='basicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash\n'
relay='subjectAltName=DNS:relay.example.org,DNS:localhost\nextendedKeyUsage=serverAuth\n'

ec "$work/ca.key"
issue "$work/ca.key" "Test authority" "$authority" -selfsign "$work/ca.key" ca.pem
ec "$work/middle.key"
issue "$work/middle.key" "Test intermediate" "$authority" ca.pem "$work/ca.key" "$work/middle.pem"

ec relay-pkcs8.key
openssl ecparam -name prime256v1 -out relay-sec1.key
openssl pkey -in relay-pkcs8.key -traditional >> relay-sec1.key
issue relay-pkcs8.key relay.example.org "$relay" "$work/middle.pem" "$work/middle.key" "$work/relay.pem"
cat "$work/relay.pem" "$work/middle.pem" > relay.pem
cat "$work/middle.pem" ca.pem "$work/relay.pem" > relay-disordered.pem
cat "$work/relay.pem" "$work/middle.pem" relay-pkcs8.key > relay-with-key.pem

openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa-pkcs8.key
openssl pkey -in rsa-pkcs8.key -traditional -out rsa-pkcs1.key
issue rsa-pkcs8.key relay.example.org "$relay" ca.pem "$work/ca.key" rsa.pem
openssl genpkey -quiet -algorithm ED25519 -out ed25519.key
issue ed25519.key relay.example.org "$relay" ca.pem "$work/ca.key" ed25519.pem

openssl pkcs8 -topk8 -in relay-pkcs8.key -passout pass:changeit -out encrypted-pkcs8.key
openssl pkey -in rsa-pkcs8.key -traditional -aes256 -passout pass:changeit -out encrypted-pkcs1.key

client() {
    ec "$work/client.key"
    issue "$work/client.key" "$1" "subjectAltName=DNS:$1\nextendedKeyUsage=clientAuth\n" "$2" "$3" "$work/client.pem"
    openssl pkcs12 -export -in "$work/client.pem" -inkey "$work/client.key" -passout pass:changeit -out "$4"
}
client app.example ca.pem "$work/ca.key" client.p12
cp "$work/client.pem" client.pem
cp "$work/client.key" client.key
client other.example ca.pem "$work/ca.key" other-client.p12
ec "$work/stranger.key"
issue "$work/stranger.key" "Test stranger" "$authority" -selfsign "$work/stranger.key" "$work/stranger.pem"
client app.example "$work/stranger.pem" "$work/stranger.key" stranger-client.p12

from=20240101000000Z until=20250101000000Z
issue relay-pkcs8.key relay.example.org "$relay" ca.pem "$work/ca.key" expired.pem
from=21000101000000Z until=21010101000000Z
issue relay-pkcs8.key relay.example.org "$relay" ca.pem "$work/ca.key" future.pem
