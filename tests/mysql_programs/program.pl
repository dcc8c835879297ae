# DBD::mysql or DBD::MariaDB: statements as texts and prepared by the server,
# parameters, errors, a transaction, several results, a statement that is asked
# for first and fetched later.
use strict;
use warnings;
use DBI;

my ($driver, $prepare) = @ARGV;
my $name = $driver eq 'mysql' ? 'mysql' : 'mariadb';
my $db = DBI->connect("dbi:$driver:database=$ENV{OSPROF_TEST_DATABASE};"
	. "${name}_socket=$ENV{OSPROF_TEST_SOCKET};"
	. "${name}_server_prepare=$prepare;${name}_multi_statements=1",
    $ENV{OSPROF_TEST_USER}, $ENV{OSPROF_TEST_PASSWORD},
    { RaiseError => 0, PrintError => 0, AutoCommit => 1 }) or die $DBI::errstr;
sub say_error { print $db->err, ' ', $db->state, ' ', $db->errstr, "\n"; }

$db->do('create table item (id int primary key, name varchar(40) unique, '
	. 'price double, data blob)');
my $insert = $db->prepare('insert into item values (?, ?, ?, ?)');
$db->begin_work;
for my $id (1 .. 5) {
	$insert->bind_param(1, $id, DBI::SQL_INTEGER);
	$insert->bind_param(2, "it's $id");
	$insert->bind_param(3, $id / 4, DBI::SQL_DOUBLE);
	$insert->bind_param(4, "\0\1\2", DBI::SQL_BLOB);
	print $insert->execute, "\n";
}
$db->commit;
$insert->execute(6, "it's 1", undef, undef) or say_error;
$db->do('selec 1') or say_error;
my $select = $db->prepare('select id, name from item where id > ? order by id');
$select->execute(2);
while (my @row = $select->fetchrow_array) {
	print join('|', @row), "\n";
}
$select->execute(3);
print scalar $select->fetchrow_array, "\n";
$select->finish;
print $db->do('update item set name = concat(name, ?) where id < ?', undef,
    '!', 3), "\n";
$db->begin_work;
$db->do('delete from item');
$db->rollback;
print $db->selectrow_array('select count(*) from item'), "\n";
# DBD::MariaDB cannot do this to a connection for several statements.
my $streamed = $db->prepare('select id from item order by id',
    { "${name}_use_result" => $name eq 'mysql', "${name}_server_prepare" => 0 });
$streamed->execute;
while (my @row = $streamed->fetchrow_array) {
	print "@row\n";
}
$streamed->finish;
my $several = $db->prepare('select 1; select 2', {
	"${name}_server_prepare" => 0 });
$several->execute;
do {
	print join('|', $several->fetchrow_array), "\n";
} while ($several->more_results);
$several->finish;
my $async = $db->prepare('select name from item where id = 1',
    { ($name eq 'mysql' ? 'async' : 'mariadb_async') => 1 });
$async->execute;
$name eq 'mysql' ? $async->mysql_async_result : $async->mariadb_async_result;
print $async->fetchrow_array, "\n";
$async->finish;
print $db->ping ? "there\n" : "gone\n";
$db->disconnect;
