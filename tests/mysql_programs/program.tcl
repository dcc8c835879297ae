# mysqltcl: texts, rows one by one, several results, errors, a transaction,
# another user.
package require mysqltcl

proc said {args} {
	set failed [catch {uplevel 1 $args} result]
	puts "$failed $result"
}

set db [mysql::connect -socket $env(OSPROF_TEST_SOCKET) \
    -user $env(OSPROF_TEST_USER) -password $env(OSPROF_TEST_PASSWORD) \
    -db $env(OSPROF_TEST_DATABASE) -multistatement 1 -multiresult 1]
said mysql::exec $db "create table item (id int auto_increment primary key,
    name varchar(40) unique, price double)"
mysql::autocommit $db 0
for {set i 1} {$i <= 3} {incr i} {
	said mysql::exec $db "insert into item (name, price) values
	    ('[mysql::escape $db "it's $i"]', $i)"
	said mysql::insertid $db
}
mysql::commit $db
said mysql::exec $db "insert into item (name) values ('it\\'s 1')"
said mysql::exec $db "selec 1"
said mysql::sel $db "select * from nowhere"
said mysql::exec $db "delete from item"
mysql::rollback $db
mysql::autocommit $db 1
said mysql::sel $db "select id, name, price from item order by id" -list
set rows [mysql::query $db "select id, name from item order by id"]
while {[llength [set row [mysql::fetch $rows]]]} {
	puts $row
}
mysql::endquery $rows
mysql::receive $db "select id from item order by id" id {
	puts $id
}
said mysql::sel $db "select 1; select 2; select 3" -list
while {[mysql::moreresult $db]} {
	said mysql::nextresult $db
	said mysql::fetch $db
}
said mysql::ping $db
said mysql::changeuser $db $env(OSPROF_TEST_USER) $env(OSPROF_TEST_PASSWORD) \
    $env(OSPROF_TEST_DATABASE)
said mysql::state $db -numeric
mysql::close $db
