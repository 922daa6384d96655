# Runs one Redis server for as long as the JVM that started this script lives: the JVM holds the other end of standard input,
# and no kill -9 can keep that from closing. $1: the server. Standard input: the configuration (it holds the password, so it
# is never an argument; printf is built into the shell), a line "end", then nothing. Prints the server's process id.
config=
while IFS= read -r line && [ "$line" != end ]; do
    config="$config$line
"
done
[ "$line" = end ] || exit 1
exec 3<&0
printf '%s' "$config" | "$1" - >&2 3<&- &
server=$!
config=
echo "$server"
(
    while read -r line; do :; done
    kill "$server"
) <&3 >/dev/null 2>&1 &
guard=$!
exec 3<&-
wait "$server"
code=$?
kill "$guard" 2>/dev/null
exit "$code"
