# When process $1 began, or nothing if it has ended: with its number it names a process for ever.
began() {
    if [ -r /proc/self/stat ]; then
        stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
        set -- ${stat##*) }
        case $1 in Z | X) return 0 ;; esac
        shift 19
        echo "$1-$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)"
    else
        case $(LC_ALL=C ps -o stat= -p "$1" 2>/dev/null) in '' | Z*) return 0 ;; esac
        LC_ALL=C ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' _
    fi
}
arguments() {
    if [ -r /proc/self/cmdline ]; then
        tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null
    else
        ps -ww -o args= -p "$1" 2>/dev/null
    fi
}
# Whether process $1, which began at $2, still runs and is that of launch $3.
ours() {
    [ -n "$2" ] && [ "$(began "$1")" = "$2" ] || return 1
    case $(arguments "$1") in *"$3"*) return 0 ;; *) return 1 ;; esac
}
