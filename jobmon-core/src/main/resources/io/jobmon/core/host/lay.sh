# Checks what was brought to the work folder $1 by sender $2, and lays it where it belongs; makes bundle $3, if that is given,
# and leaves the newest $4 bundles.
# Read: lines "class SHA256 NAME", "job SHA256 r|x NAME", "data SHA256 r|x NAME".
# Said: "bad SHA256" for what has arrived damaged, "gone SHA256" for what is no longer there, "end".
cd "$1" || exit 1
umask 077
sender=$2 bundle=$3 keep=$4

lock "$1"
new= part=
trap 'rm -rf ${new:+"$new"}; rm -f ${part:+"$part"}; rmdir .lock 2>/dev/null' EXIT
trap 'exit 1' HUP INT TERM

digest() {
    found=$( (sha256sum <"$1" || shasum -a 256 <"$1") 2>/dev/null)
    printf %s "${found%% *}"
}
arrived() { # SHA-256: says no if what came is damaged
    [ "$(digest "incoming/$1.$sender")" = "$1" ] && return 0
    rm -f "incoming/$1.$sender"
    echo "bad $1"
    return 1
}
file() { # SHA-256, name: brings it to files/
    [ -f "files/$1/$2" ] && return 0
    if [ -f "incoming/$1.$sender" ]; then
        arrived "$1" || return 1
        mkdir -p "files/$1" && mv "incoming/$1.$sender" "files/$1/$2" || exit 1
        return 0
    fi
    for other in "files/$1"/*; do
        if [ -f "$other" ]; then
            part=files/$1/$2.new
            cp "$other" "$part" && mv "$part" "files/$1/$2" || exit 1
            return 0
        fi
    done
    echo "gone $1"
    return 1
}
data() { # SHA-256, r|x, name: puts it in its place at once
    case $3 in /*) path=$3 ;; *) path=run/$3 ;; esac
    [ -f "incoming/$1.$sender" ] || return 0
    arrived "$1" || return 1
    mkdir -p "$(dirname "$path")" run/.jobmon || exit 1
    part=$path.jobmon-new
    cp "incoming/$1.$sender" "$part" || exit 1
    [ "$2" = x ] && chmod u+x "$part"
    mv "$part" "$path" || exit 1
    printf %s "$1" >"run/.jobmon/$(printf %s "$path" | cksum | tr ' ' -)"
    brought="$brought $1"
}

if [ -n "$bundle" ] && ! [ -d "bundles/$bundle" ]; then
    new=bundles/.$bundle.$$
    rm -rf "$new" && mkdir -p "$new/files" || exit 1
fi
fine=yes brought=
while IFS=' ' read -r kind sha rest; do
    case $kind in
    class)
        file "$sha" "$rest" || fine=no
        [ -z "$new" ] || printf '%s\n' "files/$sha/$rest" >>"$new/classpath" || exit 1
        ;;
    job)
        mode=${rest%% *} name=${rest#* }
        if ! file "$sha" job; then
            fine=no
        elif [ -n "$new" ]; then
            mkdir -p "$(dirname "$new/files/$name")" && cp "files/$sha/job" "$new/files/$name" || exit 1
            chmod "u-w,u+r" "$new/files/$name"
            [ "$mode" = x ] && chmod u+x "$new/files/$name"
            printf '%s\n' "files/$sha/job" >>"$new/others" || exit 1
        fi
        ;;
    data) data "$sha" "${rest%% *}" "${rest#* }" || fine=no ;;
    esac
done
for sha in $brought; do rm -f "incoming/$sha.$sender"; done
if [ $fine = no ]; then
    [ -n "$new" ] && rm -rf "$new"
    echo end
    exit 0
fi
[ -n "$new" ] && { mv "$new" "bundles/$bundle" || exit 1; }
new=
[ -n "$bundle" ] && touch "bundles/$bundle/used"

# The newest bundles stay, and those that a launch runs from.
if [ -n "$bundle" ]; then
    old "$keep" | while IFS= read -r id; do remove "$id"; done
    unwanted
fi
echo end
