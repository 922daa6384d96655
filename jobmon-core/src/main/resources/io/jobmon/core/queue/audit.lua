-- Looks for indices that nobody has and that have no outcome, and gives them back; counts the outcomes anew. Acts when the
-- cursor is at the end and nothing is claimed or waiting. At most 8,192 indices a call; call again while it answers more.
-- With a comparison, a complete sweep is looked through once after each start of the server.
-- ARGV: channel, index to begin at (a multiple of 8,192), outcomes counted so far, 1 to compare bits with what is stored,
--       the mark of the last answer, '' at first
-- Answers: {gone} | {idle} | {more, next index, outcomes, holes given back, mark} | {ok, outcomes, holes given back, state}
local from, counted = whole(ARGV[2]), whole(ARGV[3])
if not from or from % 8192 ~= 0 or not counted then
  return redis.error_reply('ERR jobmon: audit: bad arguments')
end
local m = redis.call('HMGET', KEYS[1], 'state', 'size', 'cursor', 'epoch', 'done', 'dead', 'audited')
if not m[1] then
  return {'gone'}
end
local size = tonumber(m[2])
-- Who changed something since the last step made its count stale; that one is worth nothing then.
local function mark(done)
  return m[4] .. '|' .. int(done) .. '|' .. m[6]
end
if (m[1] ~= 'open' and m[1] ~= 'complete') or tonumber(m[3]) < size
    or redis.call('EXISTS', P .. 'claims', P .. 'wait', P .. 'susp') > 0
    or (from == 0 and redis.call('EXISTS', P .. 'gaps') > 0)
    or (from > 0 and ARGV[5] ~= mark(tonumber(m[5]))) then
  return {'idle'}
end
local function server()
  local info = redis.pcall('INFO', 'server')
  return type(info) == 'string' and string.match(info, 'run_id:(%x+)') or 'unknown'
end
if ARGV[4] == '1' and m[1] == 'complete' and from == 0 and m[7] == server() then
  return {'idle'}
end
local to = math.min(from + 8192, size)
local holes, cleared = {}, 0
local block, sealed
for i = from, to - 1 do
  local set = wasset(i)
  if set and ARGV[4] == '1' then
    if math.floor(i / 128) ~= block then
      block = math.floor(i / 128)
      sealed = redis.call('EXISTS', P .. 'b:' .. int(block)) == 1
    end
    if not sealed and redis.call('HEXISTS', P .. 'o:' .. int(block), int(i)) == 0
        and redis.call('HEXISTS', P .. 'dead', int(i)) == 0 then
      local key, offset = piece(i)
      redis.call('SETBIT', key, offset, 0)
      set = false
      cleared = cleared + 1
    end
  end
  if set then
    counted = counted + 1
  else
    holes[#holes + 1] = i
  end
end
give(holes)
local done = tonumber(m[5])
if cleared > 0 then
  done = redis.call('HINCRBY', KEYS[1], 'done', int(-cleared))
end
if #holes > 0 then
  redis.call('HINCRBY', KEYS[1], 'repaired', #holes)
  if m[1] == 'complete' then
    redis.call('HSET', KEYS[1], 'state', 'open')
  end
end
if to < size then
  return {'more', int(to), int(counted), #holes, mark(done)}
end
if ARGV[4] == '1' then
  redis.call('HSET', KEYS[1], 'audited', server())
end
local dead = redis.call('HLEN', P .. 'dead')
redis.call('HSET', KEYS[1], 'done', int(counted - dead), 'dead', int(dead))
return {'ok', int(counted), #holes, settle(ARGV[1], 0, 0, 0)}
