# Makes the work folder $1, absolute or below the home folder, and says where it is.
umask 077
case $1 in
/*) folder=$1 ;;
*)
    if [ -z "$HOME" ] || ! [ -d "$HOME" ]; then
        echo "HOME is '$HOME', which is no folder; set workdir(..) to an absolute path" >&2
        exit 1
    fi
    folder=$HOME/$1
    ;;
esac
mkdir -p "$folder" || {
    echo "the work folder $folder cannot be made; set workdir(..) to another" >&2
    exit 1
}
cd "$folder" && folder=$(pwd) || exit 1
if ! [ -O . ]; then
    echo "the work folder $folder belongs to another user; set workdir(..) to one of your own" >&2
    exit 1
fi
chmod go-w . && mkdir -p files bundles incoming launches logs run && chmod 700 launches logs incoming || {
    echo "the work folder $folder cannot be written" >&2
    exit 1
}
echo "$folder"
