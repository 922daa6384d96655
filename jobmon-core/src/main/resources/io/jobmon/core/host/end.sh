# Sends signal $2 to the workers that were launched in the work folder $1, but for those of arrays, or, if $2 is 0, none.
# What belongs to workers that have ended is removed, but for logs. Said: "running LAUNCH" for those that have not.
cd "$1" || exit 1
for folder in launches/*; do
    [ -d "$folder" ] && ! [ -f "$folder/array" ] || continue
    launch=${folder#launches/} pid= began=
    [ -f "$folder/pid" ] && read -r pid began <"$folder/pid"
    if [ -n "$pid" ] && ours "$pid" "$began" "$launch"; then
        case $2 in
        0) ;;
        KILL) kill -KILL -- "-$pid" 2>/dev/null || kill -KILL "$pid" ;;
        *) kill "-$2" "$pid" ;;
        esac
        echo "running $launch"
    else
        rm -rf "$folder"
    fi
done
# Of old logs the newest stay.
ls -t logs | tail -n +61 | while IFS= read -r log; do rm -f "logs/$log"; done
