<?php
/* pgsql and pdo_pgsql: parameters, prepared statements, errors, COPY, a
   statement that is sent first and fetched later. */
$db = pg_connect('');
pg_query($db, 'create table item (id integer primary key, name text unique)');
pg_prepare($db, 'insert', 'insert into item values ($1, $2)');
for ($id = 1; $id <= 3; $id++)
	pg_execute($db, 'insert', [$id, "it's $id"]);
$result = pg_query_params($db, 'select * from item where id > $1', [1]);
print_r(pg_fetch_all($result));
if (!@pg_query($db, 'select * from nowhere'))
	echo pg_last_error($db), "\n";
$result = pg_send_query($db, 'select 1; select 2');
while ($result = pg_get_result($db))
	echo pg_fetch_result($result, 0, 0), "\n";
pg_send_query_params($db, 'select $1::int + 1', [41]);
echo pg_fetch_result(pg_get_result($db), 0, 0), "\n";
echo pg_copy_from($db, 'item', ["4\tfour\n", "5\tfive\n"]), "\n";
print_r(pg_copy_to($db, 'item'));
pg_query($db, 'copy item from stdin');
pg_put_line($db, "6\tsix\n");
pg_put_line($db, "\\.\n");
echo pg_end_copy($db), "\n";
pg_query($db, 'begin');
$large = pg_lo_create($db);
$open = pg_lo_open($db, $large, 'w+');
echo pg_lo_write($open, 'large'), "\n";
pg_lo_close($open);
pg_query($db, 'commit');
pg_close($db);

$db = new PDO('pgsql:');
$db->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$update = $db->prepare('update item set name = :name where id = :id');
$db->beginTransaction();
for ($id = 1; $id <= 3; $id++)
	$update->execute(['name' => "name $id", 'id' => $id]);
$db->commit();
try {
	$update->execute(['name' => 'name 1', 'id' => 2]);
} catch (PDOException $e) {
	echo $e->getMessage(), "\n";
}
foreach ($db->query('select name from item order by id') as $row)
	echo $row[0], "\n";
