# The homes of projects on disk images: what the helper copies to make one.

# Whether this host can mount a file.
can_keep_homes() {
    [[ -c /dev/loop-control ]] || modprobe -q loop 2>/dev/null
    [[ -c /dev/loop-control ]]
}

# make_home_template DIR MIB: makes DIR/template.ext4, in which so much can be written, unless one of that size is there.
# Homes that exist keep their size.
make_home_template() {
    local file=$1/template.ext4 size
    # Besides what can be written there are the tables of 65,536 files, at 256 bytes each, and a journal.
    size=$((($2 + 24) * 1024 * 1024))
    [[ ! -f $file || $(stat -c %s "$file") != "$size" ]] || return 0
    rm -f "$file.new"
    truncate -s "$size" "$file.new"
    mkfs.ext4 -q -b 4096 -N 65536 -J size=4 -m 0 -O ^resize_inode -E lazy_itable_init=1,lazy_journal_init=1 "$file.new" ||
        fail "No file system for homes can be made in $1; is there room on the disk?"
    mv "$file.new" "$file"
}
