-- LuaSQL: statements as texts, several results of one text, errors, a
-- transaction.
local env = os.getenv
local driver = require("luasql.mysql").mysql()
local multi_statements = 65536
local db = assert(driver:connect(env "OSPROF_TEST_DATABASE",
    env "OSPROF_TEST_USER", env "OSPROF_TEST_PASSWORD", nil, nil,
    env "OSPROF_TEST_SOCKET", multi_statements))

print(db:execute("create table item (id int auto_increment primary key, " ..
    "name varchar(40) unique, price double)"))
db:setautocommit(false)
for i = 1, 3 do
	print(db:execute(("insert into item (name, price) values ('%s', %g)")
	    :format(db:escape("it's " .. i), i / 4)), db:getlastautoid())
end
db:commit()
print(db:execute("insert into item (name) values ('it\\'s 1')"))
print(db:execute("selec 1"))
print(db:execute("select * from nowhere"))
print(db:execute("delete from item"))
db:rollback()
db:setautocommit(true)
local rows = db:execute("select id, name, price from item order by id")
print(rows:numrows())
for id, name, price in function() return rows:fetch() end do
	print(id, name, price)
end
local several = db:execute("select 1; select 2; select 3 where 1 = 0")
print(several:fetch())
while several:hasnextresult() and several:nextresult() do
	print(several:numrows())
end
several:close()
print(db:close())
driver:close()
