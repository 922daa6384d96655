# Says which bundles in the work folder $1 nobody needs: not among the newest $2, and no launch runs from them. If $3 is
# "remove", removes them. Said: "old ID", and "end".
cd "$1" || exit 1
if [ "$3" = remove ]; then
    lock "$1"
    trap 'rmdir .lock 2>/dev/null' EXIT
    trap 'exit 1' HUP INT TERM
fi
old "$2" | while IFS= read -r id; do
    if [ "$3" = remove ]; then
        remove "$id" || continue
    fi
    echo "old $id"
done
[ "$3" = remove ] && unwanted
echo end
