# Starts a worker of launch $2 from bundle $3 in the work folder $1, or, if $4 is "array", prepares what a batch scheduler
# starts. Read: a line with the URI of Redis, then the text of start.sh. Said: "pid NUMBER", or nothing.
cd "$1" || exit 1
umask 077
work=$1 launch=$2 bundle=$3 folder=launches/$2
if ! [ -f "bundles/$bundle/classpath" ]; then
    echo "this program is not there yet, or has changed since it was brought: call sync() first" >&2
    exit 1
fi
mkdir "$folder" || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
printf '%s\n' "$bundle" >"$folder/bundle" || exit 1
touch "bundles/$bundle/used"
IFS= read -r redis
printf '%s\n' "$redis" >"$folder/redis" && cat >"$folder/start.sh" && [ -s "$folder/start.sh" ] || exit 1
if [ "$4" != array ]; then
    apart=$(command -v setsid || command -v nohup)
    # A terminal that closes is nothing to a worker.
    (trap '' HUP; exec $apart sh "$work/$folder/start.sh" worker </dev/null >"$folder/out" 2>&1) &
    pid=$!
    # One that nobody could find again must not run.
    echo "$pid $(began $pid)" >"$folder/pid" && [ -s "$folder/pid" ] || {
        kill -KILL "$pid"
        exit 1
    }
    echo "pid $pid"
fi
trap - EXIT
