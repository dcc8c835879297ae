/*
 * qt.cpp - a small Qt program: positional and named parameters, batches,
 * blobs, a failed insert, a transaction.
 */
#include <QCoreApplication>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>
#include <cstdio>

static void
run(QSqlQuery &query)
{
	if (!query.exec())
		std::printf("error: %s\n",
		    qPrintable(query.lastError().databaseText()));
}

static void
fill(QSqlDatabase &db)
{
	QSqlQuery query(db);

	query.exec("create table item (id integer primary key, name text "
		   "unique, price real, data blob)");
	db.transaction();
	query.prepare("insert into item values (?, ?, ?, ?)");
	for (int id = 1; id <= 3; id++) {
		query.addBindValue(id);
		query.addBindValue(QString::fromUtf8("caf\u00e9 %1").arg(id));
		query.addBindValue(id / 4.0);
		query.addBindValue(QByteArray("\0\1\2", 3));
		run(query);
	}
	db.commit();
	query.prepare("insert into item (name) values (:name)");
	query.bindValue(":name", QString::fromUtf8("caf\u00e9 1"));
	run(query);
}

static void
show(QSqlDatabase &db)
{
	QSqlQuery query(db);

	query.prepare("select id, name, price, data from item where id < ?");
	query.addBindValue(3);
	run(query);
	while (query.next())
		std::printf("%d %s %g %s\n", query.value(0).toInt(),
		    query.value(1).toString().toUtf8().constData(),
		    query.value(2).toDouble(),
		    query.value(3).toByteArray().toHex().constData());
	query.prepare("select nothing from nowhere");
	run(query);
}

int
main(int argc, char **argv)
{
	QCoreApplication app(argc, argv);
	QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE");

	db.setDatabaseName("qt.db");
	if (!db.open()) {
		std::printf("%s\n", qPrintable(db.lastError().text()));
		return 1;
	}
	fill(db);
	show(db);
	db.close();
	return 0;
}
