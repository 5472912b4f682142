// MariaDB Connector/C as Swift sees it. No logic: only what Swift can't call or name by itself.

#ifndef CARREL_CMARIADB_SHIM_H
#define CARREL_CMARIADB_SHIM_H

#include <mariadb/mysql.h>
#include <mariadb/errmsg.h>
#include <mariadb/mysqld_error.h>

// mysql_options takes `const void *` whose meaning depends on the option; each wrapper fixes one meaning.
static inline int cmariadb_set_number(MYSQL *mysql, enum mysql_option option, unsigned int value) {
    return mysql_options(mysql, option, &value);
}

static inline int cmariadb_set_flag(MYSQL *mysql, enum mysql_option option, my_bool value) {
    return mysql_options(mysql, option, &value);
}

static inline int cmariadb_set_text(MYSQL *mysql, enum mysql_option option, const char *value) {
    return mysql_options(mysql, option, value);
}

#endif
