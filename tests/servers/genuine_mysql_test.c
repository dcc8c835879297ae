/*
 * A program built here runs with MySQL's own client library: both servers
 * answer it, by the socket and, with TLS, by the port.
 */
#include "tests/check.h"

#include <mysql.h>
#include <stdlib.h>

static void
ask(const char *host, unsigned port)
{
	MYSQL *mysql = mysql_init(NULL);
	MYSQL_RES *result;

	if (!mysql_real_connect(mysql, host, getenv("OSPROF_TEST_USER"),
		getenv("OSPROF_TEST_PASSWORD"), getenv("OSPROF_TEST_DATABASE"),
		port, getenv("OSPROF_TEST_SOCKET"), 0) ||
	    mysql_query(mysql, "select database()")) {
		fprintf(stderr, "%s\n", mysql_error(mysql));
		CHECK(false);
		mysql_close(mysql);
		return;
	}

	result = mysql_store_result(mysql);
	CHECK_STR(mysql_fetch_row(result)[0], getenv("OSPROF_TEST_DATABASE"));
	CHECK((mysql_get_ssl_cipher(mysql) != NULL) == (port != 0));
	mysql_free_result(result);
	mysql_close(mysql);
}

static void
test_it_is_the_genuine_library(void)
{
	CHECK(mysql_get_client_version() == MYSQL_VERSION_ID);
	CHECK(strstr(mysql_get_client_info(), "MariaDB") == NULL);
}

static void
test_a_server_answers_by_its_socket(void)
{
	ask(NULL, 0);
}

static void
test_a_server_answers_by_its_port_with_tls(void)
{
	ask(getenv("OSPROF_TEST_HOST"),
	    (unsigned)strtoul(getenv("OSPROF_TEST_PORT"), NULL, 10));
}

RUN_TESTS(TEST(test_it_is_the_genuine_library),
    TEST(test_a_server_answers_by_its_socket),
    TEST(test_a_server_answers_by_its_port_with_tls))
