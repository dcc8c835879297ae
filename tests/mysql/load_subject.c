/*
 * load_subject.c - lets the library read a file for the server, by itself and
 * through functions of the program, which run statements of their own or jump
 * out of the call.
 */
#include <errno.h>
#include <mysql.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS "1\tSECRET\n2\tSECRET\n"
#define LOAD "load data local infile 'rows' into table t"

static MYSQL *mysql, *other;
static jmp_buf outside;

static MYSQL *
connect_to_server(void)
{
	MYSQL *made = mysql_init(NULL);
	unsigned on = 1;

	mysql_options(made, MYSQL_OPT_LOCAL_INFILE, &on);
	if (!mysql_real_connect(made, NULL, getenv("OSPROF_TEST_USER"),
		getenv("OSPROF_TEST_PASSWORD"), getenv("OSPROF_TEST_DATABASE"),
		0, getenv("OSPROF_TEST_SOCKET"), 0)) {
		printf("%s\n", mysql_error(made));
		exit(1);
	}
	return made;
}

static void
run(const char *sql)
{
	int rc = mysql_query(mysql, sql);

	errno = 12345;
	printf("%s: %d %s %s\n", sql, rc, mysql_error(mysql),
	    mysql_info(mysql) ? mysql_info(mysql) : "");
}

static int
begin(void **ret, const char *name, void *own)
{
	(void)name;
	*ret = own;
	return 0;
}

static int
read_rows(void *own, char *to, unsigned size)
{
	const char **left = own;
	size_t len = strlen(*left);

	mysql_query(other, "insert into progress values (1)");
	if (len > size)
		len = size;
	memcpy(to, *left, len);
	*left += len;
	return (int)len;
}

static int
jump(void *own, char *to, unsigned size)
{
	(void)own;
	(void)to;
	(void)size;
	longjmp(outside, 1);
}

static void
end(void *own)
{
	(void)own;
}

static int
say_nothing(void *own, char *to, unsigned size)
{
	(void)own;
	snprintf(to, size, "none");
	return 1;
}

static void
write_file(void)
{
	FILE *file = fopen("rows", "w");

	fputs(ROWS, file);
	fclose(file);
}

int
main(void)
{
	const char *left = ROWS;

	setvbuf(stdout, NULL, _IONBF, 0);
	write_file();
	mysql = connect_to_server();
	other = connect_to_server();
	mysql_query(other, "create temporary table progress (a int)");
	run("create temporary table t (a int, b varchar(9))");
	run(LOAD);
	run("load data local infile 'nowhere' into table t");
	mysql_set_local_infile_handler(
	    mysql, begin, read_rows, end, say_nothing, &left);
	run(LOAD);
	mysql_set_local_infile_handler(
	    mysql, begin, jump, end, say_nothing, NULL);
	if (setjmp(outside) == 0)
		run(LOAD);
	mysql_close(other);
	return 0;
}
