# The last $2 lines of each of the newest logs in the work folder $1, the newest log last, each line after the worker's name.
cd "$1" || exit 1
ls -t logs | grep '\.log$' | head -n 20 | sed '1!G;h;$!d' | while IFS= read -r log; do
    tail -n "$2" "logs/$log" | sed "s/^/${log%.log}: /"
done
