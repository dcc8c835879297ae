/*
 * pqxx.cpp - libpqxx: transactions, prepared statements, errors, a stream into
 * a table, a pipeline, a notice.
 */
#include <iostream>
#include <pqxx/pqxx>

namespace
{
/* A statement that fails; its transaction is given up. */
void
fail(pqxx::connection &db, const char *sql)
{
	try {
		pqxx::work work(db);

		work.exec(sql);
	} catch (const pqxx::sql_error &error) {
		std::cout << error.sqlstate() << ' ' << error.what() << '\n';
	}
}

void
fill(pqxx::connection &db)
{
	pqxx::work work(db);

	work.exec("create table item (id integer primary key, name text)");
	for (int id = 1; id <= 3; id++)
		work.exec_params("insert into item values ($1, $2)", id,
		    "name " + std::to_string(id));
	work.commit();
}
}

int
main()
{
	pqxx::connection db("");

	fill(db);
	fail(db, "selec 1");
	fail(db, "insert into item values (1, 'again')");
	db.prepare("find", "select name from item where id = $1");
	{
		pqxx::work work(db);

		for (int id = 1; id <= 3; id++)
			std::cout << work.exec_prepared("find", id)[0][0] <<
			    '\n';
		pqxx::pipeline pipe(work);
		auto one = pipe.insert("select 1");
		auto two = pipe.insert("select 2");

		std::cout << pipe.retrieve(one)[0][0] <<
		    pipe.retrieve(two)[0][0] << '\n';
	}
	pqxx::nontransaction bare(db);

	bare.exec("do $$ begin raise notice 'heard'; end $$");
	std::cout << bare.exec("select * from item").size() << '\n';
	return 0;
}
