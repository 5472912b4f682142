# Attack: leaves links in the place of its results, so that whoever collects them reads files of its own (go-judge's
# copy-out): relative, absolute, through /proc, in chains and circles, and folders that are links.
# Expect: exited 0
# Weak: none because nothing follows links inside of the container; what is seen is what comes out of it
rm -f notes.txt
ln -s /etc/passwd notes.txt
ln -s ../../etc/passwd relative.txt
ln -s /proc/1/environ environment.txt
ln -s /proc/self/root/etc/hostname host.txt
ln -s /dev/zero endless.txt
ln -s /etc folder
mkdir -p results
ln -s ../notes.txt results/chain.txt
ln -s circle-2.txt circle-1.txt
ln -s circle-1.txt circle-2.txt
ln -s "$(printf 'x%.0s' $(seq 4000))" long.txt
