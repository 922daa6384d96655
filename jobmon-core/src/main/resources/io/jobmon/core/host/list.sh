# Says what was launched in the work folder $1, in order of time, the oldest first.
# Said: "worker LAUNCH PID running|ended", "array LAUNCH ID"; after an ended worker its last lines, each after "| ".
cd "$1" || exit 1
ls -tr launches | while IFS= read -r launch; do
    folder=launches/$launch
    if [ -f "$folder/array" ]; then
        echo "array $launch $(cat "$folder/array")"
        cat "logs/$launch-"*.log 2>/dev/null | tail -n 20 | sed 's/^/| /'
    elif [ -f "$folder/pid" ]; then
        read -r pid began <"$folder/pid"
        if ours "$pid" "$began" "$launch"; then
            echo "worker $launch $pid running"
        else
            echo "worker $launch $pid ended"
            cat "$folder/out" "logs/$launch.log" 2>/dev/null | tail -n 20 | sed 's/^/| /'
        fi
    fi
done
