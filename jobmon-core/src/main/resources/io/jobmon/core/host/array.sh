# Notes that launch $2 in the work folder $1 is array $3 of a batch scheduler, or, if $3 is empty, takes away what belongs to
# the launch, its secret first.
cd "$1" || exit 1
umask 077
if [ -n "$3" ]; then
    printf '%s\n' "$3" >"launches/$2/array.new" && mv "launches/$2/array.new" "launches/$2/array"
else
    rm -f "launches/$2/redis"
    rm -rf "launches/$2"
fi
