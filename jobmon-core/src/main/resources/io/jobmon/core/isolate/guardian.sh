# Outlives the JVM that started it, by a moment: then it kills the process groups that were registered here, and whatever
# carries the JVM's mark in its environment, and removes the JVM's temporary folders. Until then it sends signals to groups: its
# kill needs no new process.
# Argument: the mark. Standard input, a line each: add PID | end PID | term PID | kill PID | folder PATH | keep 0 | list 0
trap '' TERM INT HUP
mark="JOBMON_MARK=$1"
shift
groups=' '
while read -r verb pid; do
  case $verb in
    add)
      case "$groups" in
        *" $pid "*) ;;
        *) groups="$groups$pid " ;;
      esac
      ;;
    end)
      kill -s KILL -- "-$pid" 2>/dev/null
      case "$groups" in
        *" $pid "*) groups="${groups%%" $pid "*} ${groups#*" $pid "}" ;;
      esac
      ;;
    term) kill -s TERM -- "-$pid" 2>/dev/null ;;
    kill) kill -s KILL -- "-$pid" 2>/dev/null ;;
    folder)
      case $pid in
        /*/jobmon-*) set -- "$@" "$pid" ;;
      esac
      ;;
    keep) set -- ;;
    list) echo "$groups" ;;
  esac
done
for pid in $groups; do
  kill -s KILL -- "-$pid" 2>/dev/null
done
for round in 1 2 3; do
  for file in $(grep -laF "$mark" /proc/[0-9]*/environ 2>/dev/null); do
    pid=${file#/proc/}
    kill -s KILL "${pid%/environ}" 2>/dev/null
  done
done
[ $# -eq 0 ] || rm -rf -- "$@"
