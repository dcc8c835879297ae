# mysql2: texts, statements that the server prepared, streamed rows, several
# results, a procedure, an answer that is asked for later, errors, threads.
require 'mysql2'

def connect
  Mysql2::Client.new(
    socket: ENV['OSPROF_TEST_SOCKET'], username: ENV['OSPROF_TEST_USER'],
    password: ENV['OSPROF_TEST_PASSWORD'], encoding: 'utf8mb4',
    database: ENV['OSPROF_TEST_DATABASE'], flags: ['MULTI_STATEMENTS']
  )
end

def say
  p yield
rescue Mysql2::Error => e
  puts "#{e.error_number} #{e.sql_state} #{e.message}"
end

def rest_of(db)
  p db.store_result&.to_a while db.next_result
rescue Mysql2::Error => e
  puts e.message
end

db = connect
db.query('create table item (id int auto_increment primary key, ' \
         'name varchar(40) unique, price double, data blob, seen datetime)')
insert = db.prepare('insert into item (name, price, data, seen) ' \
                    'values (?, ?, ?, ?)')
db.query('begin')
(1..3).each do |i|
  insert.execute("it's caf\u00e9 #{i}", i / 4.0, "\0\1\2".b,
                 Time.utc(2024, 2, 29, 12, 30, i))
  p db.last_id, insert.affected_rows
end
db.query('commit')
say { insert.execute("it's caf\u00e9 1", nil, nil, nil) }
say { db.query('selec 1') }
say { db.prepare('selec ?') }
select = db.prepare('select id, name, price, data, seen from item ' \
                    'where id > ? order by id')
select.execute(1).each { |row| p row }
db.query('select * from item order by id', stream: true, cache_rows: false)
  .each { |row| p row }
p db.query('select 1; update item set price = 1; selec 3').to_a
rest_of(db)
db.query('create procedure two(x int) begin select x; select x + x; end')
p db.query('call two(5)').to_a
rest_of(db)
db.query('select sleep(0.01)', async: true)
p db.async_result.to_a
insert.close
select.close
p db.ping, db.escape("it's")
db.close
(1..3).map do |i|
  Thread.new { connect.tap { |own| own.query("select #{i}") }.close }.join
end
