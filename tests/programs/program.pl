# DBD::SQLite: parameters of all types, a callback, errors, a transaction.
use strict;
use warnings;
use DBI;

my $db = DBI->connect('dbi:SQLite:dbname=perl.db', '', '',
    { RaiseError => 0, PrintError => 0, AutoCommit => 1 });
$db->do('create table item (id integer primary key, name text unique, data)');
my $insert = $db->prepare('insert into item values (?, ?, ?)');
$db->begin_work;
for my $id (1 .. 5) {
	$insert->bind_param(1, $id, DBI::SQL_INTEGER);
	$insert->bind_param(2, "name $id");
	$insert->bind_param(3, "\0\1\2", DBI::SQL_BLOB);
	$insert->execute;
}
$db->commit;
$insert->execute(6, 'name 1', undef) or print $db->errstr, "\n";
$db->prepare('selec 1') or print $db->errstr, "\n";
$db->sqlite_create_function('twice', 1, sub { 2 * $_[0] });
my $select = $db->prepare('select id, name, twice(id) from item where id > ?');
$select->execute(2);
while (my @row = $select->fetchrow_array) {
	print join('|', @row), "\n";
}
print $db->do('update item set name = name || ? where id < ?', undef, '!', 3),
    "\n";
print scalar(@{ $db->selectall_arrayref('select * from item') }), "\n";
$db->disconnect;
