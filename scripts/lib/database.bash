# The instance's own MariaDB: reached by its Unix socket only, where the system user is the database user.

readonly database_server=/usr/sbin/mariadbd

# Sets the array `command`.
database_command() {
    command=("$database_server" "--defaults-file=$settings_directory/mariadb.cnf")
}

# A MariaDB server that starts removes every temporary table in its temporary directory. In a shared one those would be
# its neighbours', too.
write_database_settings() {
    install -d -o mysql -g mysql -m 0700 "$database_directory.tmp"
    cat >"$settings_directory/mariadb.cnf" <<END
# Written by scripts/start; changes are lost. Debian's /etc/mysql is not read.
[mariadbd]
user = mysql
datadir = $database_directory
tmpdir = $database_directory.tmp
socket = $database_socket
pid_file = $run_directory/mariadb/mariadbd.pid
skip_networking
skip_name_resolve
character_set_server = utf8mb4
collation_server = utf8mb4_nopad_bin
sql_mode = STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY
default_time_zone = +00:00
default_storage_engine = InnoDB
innodb_buffer_pool_size = ${CARREL_DATABASE_MEMORY:-128M}
innodb_log_file_size = 64M
innodb_flush_log_at_trx_commit = 1
max_connections = 160
max_allowed_packet = 64M
performance_schema = OFF
local_infile = OFF
END
}

# Makes the data directory once; a half-made one is made anew.
make_database() {
    write_database_settings
    [[ ! -d $database_directory ]] || return 0
    rm -rf "$database_directory.new"
    install -d -o mysql -g mysql -m 0700 "$database_directory.new"
    TMPDIR=$database_directory.tmp mariadb-install-db --no-defaults --user=mysql --datadir="$database_directory.new" \
        --skip-test-db --skip-name-resolve --cross-bootstrap --auth-root-authentication-method=socket \
        --auth-root-socket-user=root >"$log_directory/database-install.log" 2>&1 ||
        fail "MariaDB could not make its data directory; see $log_directory/database-install.log."
    mv "$database_directory.new" "$database_directory"
}

database_answers() {
    mariadb-admin --no-defaults --socket="$database_socket" --user=root ping >/dev/null 2>&1
}

# Runs SQL as the database's root, which only the system's root can be.
database_sql() {
    mariadb --no-defaults --socket="$database_socket" --user=root --batch --skip-column-names -e "$1"
}

# need_database_for NAME: a database of that name that the system user carrel owns.
need_database_for() {
    database_sql "
        CREATE DATABASE IF NOT EXISTS \`$1\` CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
        CREATE USER IF NOT EXISTS carrel@localhost IDENTIFIED VIA unix_socket;
        GRANT ALL PRIVILEGES ON \`$1\`.* TO carrel@localhost;"
}
