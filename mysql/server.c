/*
 * server.c - who and where a connection is.
 */
#include "mysql/server.h"

#include <string.h>

#define HEX "0123456789abcdefABCDEF"
#define LETTERS "ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ" HEX

/* Whether a text is a name, a socket's path or an address, as most are. */
static bool
is_plain(const char *text)
{
	return !text[strspn(text, LETTERS "_.-")] ||
	       (*text == '/' && !text[strspn(text, LETTERS "_.-/")]) ||
	       !text[strspn(text, HEX ":.")];
}

static void
copy(char *to, size_t size, const char *from, size_t len)
{
	if (len >= size)
		len = size - 1;
	memcpy(to, from, len);
	to[len] = '\0';
}

static void
copy_text(char *to, size_t size, const char *from)
{
	copy(to, size, from ? from : "", from ? strlen(from) : 0);
}

/*
 * In front of a MariaDB's version, for old clients that would not believe that
 * there is a 10: libmysqlclient takes it for a part of it.
 */
#define OLD_CLIENTS "5.5.5-"

static void
learn_version(struct server *server, const char *version)
{
	server->mariadb = version && strstr(version, "MariaDB");
	if (server->mariadb &&
	    strncmp(version, OLD_CLIENTS, strlen(OLD_CLIENTS)) == 0)
		version += strlen(OLD_CLIENTS);
	copy_text(server->version, sizeof(server->version), version);
}

static const char *
ask_text(MYSQL *mysql, enum mariadb_value value)
{
	const char *text = NULL;

	mariadb_get_infov(mysql, value, &text);
	return text;
}

/* Where Connector/C says that it is connected to. */
static void
ask_place(struct server *server, MYSQL *mysql)
{
	const char *socket = ask_text(mysql, MARIADB_CONNECTION_UNIX_SOCKET);
	const char *host = ask_text(mysql, MARIADB_CONNECTION_HOST);

	server->port = 0;
	if (socket && *socket)
		host = socket;
	else
		mariadb_get_infov(
		    mysql, MARIADB_CONNECTION_PORT, &server->port);
	copy_text(server->host, sizeof(server->host), host);
}

/* "localhost via TCP/IP", "Localhost via UNIX socket" */
static void
read_place(struct server *server, const char *info, const struct address *asked)
{
	const char *via = info ? strstr(info, " via ") : NULL;
	bool socket = via && strstr(via, "socket");

	server->port = asked && !socket ? asked->port : 0;
	if (socket)
		copy_text(server->host, sizeof(server->host),
		    asked && asked->socket ? asked->socket : "localhost");
	else if (via)
		copy(server->host, sizeof(server->host), info,
		    (size_t)(via - info));
}

void
server_learn(struct server *server, MYSQL *mysql, const struct address *asked)
{
	const char *user = asked ? asked->user : NULL;
	const char *database = asked ? asked->database : NULL;

	learn_version(server, mysql_get_server_info(mysql));
	if (real_is_mariadb()) {
		ask_place(server, mysql);
		user = ask_text(mysql, MARIADB_CONNECTION_USER);
		database = ask_text(mysql, MARIADB_CONNECTION_SCHEMA);
	} else {
		read_place(server, mysql_get_host_info(mysql), asked);
	}
	copy_text(server->user, sizeof(server->user), user);
	copy_text(server->database, sizeof(server->database), database);
}

static void
guess(char *to, size_t size, const char *asked)
{
	copy_text(to, size, !asked || is_plain(asked) ? asked : "?");
}

void
server_guess(struct server *server, const struct address *asked)
{
	bool socket = asked->socket && !asked->host;

	*server = (struct server){.port = socket ? 0 : asked->port};
	guess(server->host, sizeof(server->host),
	    socket ? asked->socket : asked->host);
	guess(server->user, sizeof(server->user), asked->user);
	guess(server->database, sizeof(server->database), asked->database);
}

void
server_change_user(struct server *server, MYSQL *mysql, const char *user)
{
	if (real_is_mariadb())
		user = ask_text(mysql, MARIADB_CONNECTION_USER);
	copy_text(server->user, sizeof(server->user), user);
}

bool
server_change_database(struct server *server, const char *database, size_t len)
{
	if (len < sizeof(server->database) && !server->database[len] &&
	    memcmp(server->database, database, len) == 0)
		return false;
	copy(server->database, sizeof(server->database), database, len);
	return true;
}

const struct word_field *
server_system(const struct server *server)
{
	static const struct word_field mysql = WORD_FIELD(
	    FIELD_SYSTEM, "mysql");
	static const struct word_field mariadb = WORD_FIELD(
	    FIELD_SYSTEM, "mariadb");
	bool known = server && server->version[0];

	return (known ? server->mariadb : real_is_mariadb()) ? &mariadb
							     : &mysql;
}

static void
put_name(struct fields *fields, enum field_key key, const char *name)
{
	if (*name)
		put_text(fields, key, name, strlen(name));
}

void
server_put(struct fields *fields, const struct server *server)
{
	put_word(fields, server_system(server));
	if (server->port)
		put_u64(fields, FIELD_PORT, server->port);
	put_name(fields, FIELD_HOST, server->host);
	put_name(fields, FIELD_DATABASE, server->database);
	put_name(fields, FIELD_USER, server->user);
	put_name(fields, FIELD_SERVER_VERSION, server->version);
}
