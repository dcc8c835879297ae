-- LuaDBI: statements that the server prepared, values of each kind of Lua's,
-- errors, a transaction.
local DBI = require "DBI"
local env = os.getenv
local db = assert(DBI.Connect("MySQL", env "OSPROF_TEST_DATABASE",
    env "OSPROF_TEST_USER", env "OSPROF_TEST_PASSWORD", "localhost", 0))

local function run(statement, ...)
	print(statement:execute(...))
	return statement
end

db:autocommit(true)
print(DBI.Do(db, "create table item (id int auto_increment primary key, " ..
    "name varchar(40) unique, price double, sold bool, data blob)"))
db:autocommit(false)
local insert = db:prepare("insert into item (name, price, sold, data) " ..
    "values (?, ?, ?, ?)")
for i = 1, 3 do
	run(insert, "it's " .. i, i / 4, i > 1, "\0\1\2")
	print(db:last_id(), insert:affected())
end
run(insert, nil, nil, nil, nil)
db:commit()
run(insert, "it's 1", 1, nil, nil)
print(db:prepare("selec 1"))
db:rollback()
local select = run(db:prepare("select id, name, price, sold, data from item " ..
    "where id > ? order by id"), 1)
print(select:rowcount())
for row in select:rows(true) do
	print(row.id, row.name, row.price, row.sold, row.data and #row.data)
end
select:close()
insert:close()
print(db:ping(), db:quote("it's"))
db:close()
