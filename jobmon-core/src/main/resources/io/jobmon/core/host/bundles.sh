# Takes the lock of the work folder $1, which is the current one; whoever calls it removes .lock at the end.
lock() {
    tries=0
    until mkdir .lock 2>/dev/null; do
        # Nobody holds it for minutes.
        find .lock -prune -mmin +10 -exec rmdir {} \; 2>/dev/null
        tries=$((tries + 1))
        if [ $tries -gt 120 ]; then
            echo "somebody else is changing $1; if nobody is, remove $1/.lock" >&2
            exit 1
        fi
        sleep 0.5 2>/dev/null || sleep 1
    done
}
# Says which bundles are neither among the newest $1 nor such that a launch runs from.
old() {
    number=0
    ls -t bundles/*/used 2>/dev/null | while IFS= read -r used; do
        number=$((number + 1))
        id=${used#bundles/} id=${id%/used}
        [ $number -le "$1" ] && continue
        grep -qx "$id" launches/*/bundle 2>/dev/null && continue
        echo "$id"
    done
}
# Removes a bundle; its files go with unwanted.
remove() {
    chmod -R u+w "bundles/$1" && rm -rf "bundles/$1"
}
# Removes files of no bundle, and what was begun to be brought long ago.
unwanted() {
    # On a full disk the list is cut off: then all stay.
    if cat bundles/*/classpath bundles/*/others 2>/dev/null | sort -u >.wanted; then
        printf '%s\n' files/*/* | grep -vxFf .wanted | while IFS= read -r file; do
            rm -f "$file"
        done
        rmdir files/* 2>/dev/null
    fi
    rm -f .wanted
    find incoming -type f -mtime +1 -exec rm -f {} \; 2>/dev/null
}
