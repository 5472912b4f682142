# Attack: takes all rights from the home, so that nobody can clean up or put files there.
# Expect: exited 0
# Weak: none because a home is its user's to close; what is seen is that the next run copes
mkdir -p locked/deep
echo x >locked/deep/file
chmod 000 locked/deep locked
chmod 000 .
