/*
 * qt.cpp - a small Qt program at MySQL: positional and named parameters, a
 * batch, blobs, dates, errors, a transaction.
 */
#include <QCoreApplication>
#include <QDateTime>
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

	query.exec("create table item (id integer primary key, name "
		   "varchar(40) unique, price double, data blob, seen "
		   "datetime)");
	db.transaction();
	query.prepare("insert into item values (?, ?, ?, ?, ?)");
	for (int id = 1; id <= 3; id++) {
		query.addBindValue(id);
		query.addBindValue(QString::fromUtf8("caf\u00e9 %1").arg(id));
		query.addBindValue(id / 4.0);
		query.addBindValue(QByteArray("\0\1\2", 3));
		query.addBindValue(
		    QDateTime(QDate(2024, 2, 29), QTime(12, 30, id)));
		run(query);
	}
	db.commit();
	query.prepare("insert into item (id, name) values (:id, :name)");
	query.bindValue(":id", 4);
	query.bindValue(":name", QString::fromUtf8("caf\u00e9 1"));
	run(query);
	query.bindValue(":name", QVariant(QVariant::String));
	run(query);
}

static void
show(QSqlDatabase &db)
{
	QSqlQuery query(db);

	query.prepare("select id, name, price, data from item where id < ? "
		      "order by id");
	query.addBindValue(3);
	run(query);
	while (query.next())
		std::printf("%d %s %g %s\n", query.value(0).toInt(),
		    query.value(1).toString().toUtf8().constData(),
		    query.value(2).toDouble(),
		    query.value(3).toByteArray().toHex().constData());
	query.prepare("select nothing from nowhere");
	run(query);
	query.exec("update item set price = 1 where id > 1");
	std::printf("%d\n", query.numRowsAffected());
	db.transaction();
	query.exec("delete from item");
	db.rollback();
}

int
main(int argc, char **argv)
{
	QCoreApplication app(argc, argv);
	QSqlDatabase db = QSqlDatabase::addDatabase("QMYSQL");

	db.setConnectOptions(
	    "UNIX_SOCKET=" + qEnvironmentVariable("OSPROF_TEST_SOCKET"));
	db.setUserName(qEnvironmentVariable("OSPROF_TEST_USER"));
	db.setPassword(qEnvironmentVariable("OSPROF_TEST_PASSWORD"));
	db.setDatabaseName(qEnvironmentVariable("OSPROF_TEST_DATABASE"));
	if (!db.open()) {
		std::printf("%s\n", qPrintable(db.lastError().text()));
		return 1;
	}
	fill(db);
	show(db);
	db.close();
	return 0;
}
