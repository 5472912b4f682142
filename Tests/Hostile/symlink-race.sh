# Attack: puts links and a folder where the project's files are, so that the next file written goes elsewhere.
# Expect: exited 0
# Weak: none because who would follow the links is the runner, which a container alone does not have
rm -rf lib && ln -s /etc lib
ln -sf /proc/self/mem notes.txt
ln -s loop loop
echo done
