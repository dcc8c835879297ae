/*
 * archive_test.c - a program that has the wrappers' archive links with either
 * client library, and reaches the calls that one of them alone has.
 */
#include "osprof_mysql.h"
#include "tests/check.h"

static MYSQL *mysql;

static void
given(void)
{
	mysql = mysql_init(NULL);
}

static void
test_a_call_of_both_is_the_librarys(void)
{
	given();

	CHECK(!mysql_real_connect(
	    mysql, NULL, "nobody", "", NULL, 0, "/nowhere", 0));

	CHECK_U64(mysql_errno(mysql), 2002);
	mysql_close(mysql);
}

#ifdef MARIADB_BASE_VERSION
static void
test_a_call_of_one_is_the_librarys(void)
{
	int rc = 0;

	given();
	mysql_options(mysql, MYSQL_OPT_NONBLOCK, 0);

	CHECK(mysql_query_start(&rc, mysql, "do 1") == 0);

	CHECK(rc != 0);
	CHECK_U64(mysql_errno(mysql), 2006);
	mysql_close(mysql);
}
#else
static void
test_a_call_of_one_is_the_librarys(void)
{
	given();

	CHECK(!mysql_real_connect_dns_srv(
	    mysql, "nowhere.invalid", "nobody", "", NULL, 0));

	CHECK_U64(mysql_errno(mysql), 2070); /* no such name */
	mysql_close(mysql);
}
#endif

/* clang-format off */
RUN_TESTS(
	TEST(test_a_call_of_both_is_the_librarys),
	TEST(test_a_call_of_one_is_the_librarys))
/* clang-format on */
