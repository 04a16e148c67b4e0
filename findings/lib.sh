# Sourced by each finding: a temporary folder, packages in it, the scripted server, and the words for the outcome.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}" $(cat apart.pid 2>/dev/null); do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"' EXIT
cd "$work"
export LC_ALL=C.UTF-8

# debian NAME VERSION...: unpacks packages into $work/root without installing them. VERSION is the beginning of the version.
debian() {
    while [ $# -gt 0 ]; do
        apt-get -qq -o APT::Sandbox::User=root download "$1" || { echo "no $1"; exit 69; }
        [[ $(dpkg-deb -f "$1"_*.deb Version) == "$2"* ]] || { echo "$1 is not $2"; exit 69; }
        dpkg-deb -x "$1"_*.deb root
        shift 2
    done
}

# maven GROUP:ARTIFACT:VERSION...: sets CLASSPATH to these and what they need.
maven() {
    local each
    {
        echo '<project><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version><dependencies>'
        for each in "$@"; do
            IFS=: read -r group artifact version <<<"$each"
            echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version></dependency>"
        done
        echo '</dependencies></project>'
    } >pom.xml
    mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath >mvn.log 2>&1 || { cat mvn.log; exit 69; }
    CLASSPATH=$(cat classpath)
    export CLASSPATH
}

# appears FILE: waits for something in a file, 30 seconds at most.
appears() {
    for _ in $(seq 300); do [ ! -s "$1" ] || return 0; sleep 0.1; done
    echo "no $1"
    exit 69
}

# sink LOG WORD=VALUE...: starts sink.py and sets $port.
sink() {
    rm -f port
    python3 "$here/sink.py" "$@" >port &
    pids+=($!)
    appears port
    port=$(cat port)
}

# seen FILE TEXT, unseen FILE TEXT: whether a line of the file holds the text.
seen() { grep -qF -- "$2" "$1" || { echo "CHANGED: no '$2' in $1:"; cat "$1"; exit 1; }; }
unseen() { ! grep -qF -- "$2" "$1" || { echo "CHANGED: '$2' in $1:"; cat "$1"; exit 1; }; }

# apart USER... -- COMMAND: runs a command as root where /usr has what $work/root/usr has, /etc has these users and little else, and
# /var and /run are empty; the machine itself stays as it is.
apart() {
    local users=()
    while [ "$1" != -- ]; do users+=("$1"); shift; done
    shift
    [ "$(id -u)" -eq 0 ] || { echo 'needs root: mount namespaces'; exit 69; }
    mkdir -p etc
    cp /etc/passwd /etc/group /etc/nsswitch.conf etc
    printf 'localhost\n' >etc/mailname
    printf '127.0.0.1 localhost %s\n' "$(hostname)" >etc/hosts
    local id=65000 user
    for user in "${users[@]}"; do
        id=$((id + 1))
        echo "$user:x:$id:$id::/nonexistent:/usr/sbin/nologin" >>etc/passwd
        echo "$user:x:$id:" >>etc/group
    done
    unshare --mount bash -c '
        mount -t overlay none -o lowerdir="$0/root/usr:/usr" /usr
        mount -t tmpfs none /etc && cp "$0"/etc/* /etc
        mount -t tmpfs none /var && mkdir -p /var/spool /var/lib /var/log /var/tmp
        mount -t tmpfs none /run && mkdir /run/lock && ln -s /run /var/run
        echo $$ >"$0/apart.pid"
        exec "$@"' "$work" "$@"
    rm -f apart.pid
}
