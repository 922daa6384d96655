# What follows is the same for every launch. $1 says what to do: probe, look, else start a worker.
mode=${1:-worker}
fail() {
    echo "$1" >&2
    exit 1
}
cd "$work/run" || fail "the work folder $work cannot be entered"
if [ "$mode" = worker ]; then
    log=$work/logs/$launch${task:+-$task}.log
    umask 077
    : >>"$log" || fail "$log cannot be written"
    exec >>"$log" 2>&1
    umask 022
fi
settings
setup
java=
if [ -n "$java_home" ]; then
    java=$java_home/bin/java
elif [ -n "$JAVA_HOME" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
else
    java=$(command -v java)
fi
if [ "$mode" = look ]; then
    echo "java $([ -x "$java" ] && "$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)"
    echo "path $java"
    echo "disk $(df -Pk "$work" 2>/dev/null | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9][0-9]*% .*/\1/p')"
    touch "$work/run/.jobmon-look" 2>/dev/null && rm -f "$work/run/.jobmon-look" && echo "folder $work"
    exit 0
fi
[ -x "$java" ] || fail "there is no Java; set javaHome(..), or setup(..) lines that bring it to the PATH"
classes=
while IFS= read -r file; do
    classes=$classes${classes:+:}$work/$file
done <"$work/bundles/$bundle/classpath" || fail "this program is not in $work/bundles; call sync() first"
if [ "$mode" = probe ]; then
    exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -cp "$classes" io.jobmon.core.host.Probe
fi
programs
export JOBMON_LOG="$log"
run
