# DBD::Pg: parameters, prepared statements, errors, COPY, a transaction, a
# statement that is asked for first and fetched later, and one that is not.
use strict;
use warnings;
use DBI;
use DBD::Pg qw(:async :pg_types);

my $db = DBI->connect('dbi:Pg:', '', '',
    { RaiseError => 0, PrintError => 0, AutoCommit => 1 });
$db->do('create table item (id integer primary key, name text unique, '
	. 'data bytea)');
my $insert = $db->prepare('insert into item values (?, ?, ?)');
$db->begin_work;
for my $id (1 .. 5) {
	$insert->bind_param(1, $id, DBI::SQL_INTEGER);
	$insert->bind_param(2, "name $id");
	$insert->bind_param(3, "\0\1\2", { pg_type => PG_BYTEA });
	$insert->execute;
}
$db->commit;
$insert->execute(6, 'name 1', undef) or print $db->errstr, "\n";
$db->do('selec 1') or print $db->state, "\n";
my $select = $db->prepare('select id, name from item where id > ?');
$select->execute(2);
while (my @row = $select->fetchrow_array) {
	print join('|', @row), "\n";
}
print $db->do('update item set name = name || ? where id < ?', undef, '!', 3),
    "\n";
$db->do('copy item (id, name) from stdin');
$db->pg_putcopydata("$_\tcopied $_\n") for 10 .. 12;
$db->pg_putcopyend;
$db->do('copy item (id, name) to stdout');
my $line = '';
print $line while $db->pg_getcopydata($line) >= 0;
$db->do('select count(*) from item', { pg_async => PG_ASYNC });
print $db->pg_result, "\n";
my $async = $db->prepare('select name from item where id = ?',
    { pg_async => PG_ASYNC });
$async->execute(1);
$async->pg_result;
print $async->fetchrow_array, "\n";
$async->finish;
$db->do('select pg_sleep(60)', { pg_async => PG_ASYNC });
my $other = DBI->connect('dbi:Pg:', '', '', { RaiseError => 1 });
$other->do(<<'END');
do $$ begin
  while not exists (select from pg_stat_activity
    where query = 'select pg_sleep(60)' and wait_event = 'PgSleep') loop
    perform pg_stat_clear_snapshot();
    perform pg_sleep(0.01);
  end loop;
end $$
END
$other->disconnect;
print $db->pg_cancel ? "cancelled\n" : "not cancelled\n";
$db->do('listen heard');
$db->do('notify heard');
my $notify = $db->pg_notifies;
print $notify->[0], "\n";
$db->begin_work;
my $large = $db->pg_lo_creat($db->{pg_INV_WRITE});
my $open = $db->pg_lo_open($large, $db->{pg_INV_WRITE});
print $db->pg_lo_write($open, 'large', 5), "\n";
$db->pg_lo_close($open);
$db->commit;
$db->disconnect;
