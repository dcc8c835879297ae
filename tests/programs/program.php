<?php
/* pdo_sqlite: parameters of all types, a callback, errors, a transaction. */
$db = new PDO('sqlite:php.db');
$db->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$db->exec('create table item (id integer primary key, name text unique, data)');
$insert = $db->prepare('insert into item values (:id, :name, :data)');
$db->beginTransaction();
for ($id = 1; $id <= 5; $id++) {
	$insert->bindValue(':id', $id, PDO::PARAM_INT);
	$insert->bindValue(':name', "name $id");
	$insert->bindValue(':data', "\0\1\2", PDO::PARAM_LOB);
	$insert->execute();
}
$db->commit();
try {
	$insert->execute(['id' => 6, 'name' => 'name 1', 'data' => null]);
} catch (PDOException $e) {
	echo $e->getMessage(), "\n";
}
try {
	$db->query('selec 1');
} catch (PDOException $e) {
	echo $e->getMessage(), "\n";
}
$db->sqliteCreateFunction('twice', fn($x) => 2 * $x, 1);
$select = $db->prepare('select id, name, twice(id) from item where id > ?');
$select->execute([2]);
foreach ($select as $row) {
	echo $row[0], '|', $row[1], '|', $row[2], "\n";
}
echo $db->exec("update item set name = name || '!' where id < 3"), "\n";
