# Sourced: what a measure can't do without.

# Ends with 69 (EX_UNAVAILABLE) when a program is missing.
# usage: needs 'packages of Debian' program…
needs() {
    local packages=$1 missing=() program
    shift
    for program in "$@"; do
        command -v "$program" >/dev/null || missing+=("$program")
    done
    if [ ${#missing[@]} -gt 0 ]; then
        echo "missing: ${missing[*]} (Debian: $packages)" >&2
        exit 69
    fi
}
