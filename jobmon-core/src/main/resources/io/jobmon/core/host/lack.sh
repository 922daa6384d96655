# Says which files the work folder $1 lacks. $2 marks what this sender has begun to bring.
# Read: lines "files|data SIZE SHA256 NAME". Said: "have", "lack" or "begun" with the line's number.
cd "$1" || exit 1
number=0
same() { # file, its SHA-256: as it was when it was laid there, or hashed again
    [ -f "$1" ] || return 1
    stamp=run/.jobmon/$(printf %s "$1" | cksum | tr ' ' -)
    [ "$(cat "$stamp" 2>/dev/null)" = "$2" ] && ! [ "$1" -nt "$stamp" ] && return 0
    found=$( (sha256sum <"$1" || shasum -a 256 <"$1") 2>/dev/null)
    [ "${found%% *}" = "$2" ] && mkdir -p run/.jobmon && printf %s "$2" >"$stamp"
}
while IFS=' ' read -r kind size sha name; do
    number=$((number + 1))
    if [ "$kind" = files ]; then
        [ -f "files/$sha/$name" ] && continue
    else
        case $name in /*) path=$name ;; *) path=run/$name ;; esac
        same "$path" "$sha" && continue
    fi
    if [ -f "incoming/$sha.$2" ] && [ "$(wc -c <"incoming/$sha.$2" | tr -d ' ')" = "$size" ]; then
        echo "begun $number"
    else
        echo "lack $number"
    fi
done
echo end
