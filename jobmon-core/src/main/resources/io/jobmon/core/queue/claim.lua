-- Claims indices for a worker: a suspect, retries that are due, a range given back, or the next ones at the cursor.
-- ARGV: request, worker, most indices wanted (1..4096), least (1, or 128: whole blocks), lease ms,
--       slots of all workers, 1 if other workers hold the job, 1 if this worker runs nothing else
-- Answers: {gone} | {state other than open} | {none, ms until there is something for this worker or -1, suspects, claims, 1 if an audit is due}
--        | {ok, epoch, kind, data, bits, failures, worker number, revision, done, dead}
--          bits: '' or the outcome bits from byte from/8 on; failures: i:n,i:n of indices that failed before
local request, worker = ARGV[1], ARGV[2]
local most, least, lease, slots = whole(ARGV[3]), whole(ARGV[4]), whole(ARGV[5]), whole(ARGV[6])
if not most or most < 1 or most > 4096 or not least or least > most or not lease or lease < 1 or not slots
    or request == '' or worker == '' or string.find(worker, '|', 1, true) then
  return redis.error_reply('ERR jobmon: claim: bad arguments')
end
local m = redis.call('HMGET', KEYS[1], 'state', 'size', 'cursor', 'rev', 'done', 'dead', 'adopted', 'backoff')
if not m[1] then
  return {'gone'}
end
local size, done, dead = tonumber(m[2]), tonumber(m[5]), tonumber(m[6])

local function bits(from, to)
  local out = {}
  local at = math.floor(from / 8)
  local last = math.floor((to - 1) / 8)
  while at <= last do
    local p = math.floor(at / 8192)
    local stop = math.min(last, p * 8192 + 8191)
    local got = redis.call('GETRANGE', P .. 'bits:' .. int(p), int(at % 8192), int(stop % 8192))
    out[#out + 1] = got .. string.rep('\0', stop - at + 1 - #got)
    at = stop + 1
  end
  local all = table.concat(out)
  if string.find(all, '[^%z]') then
    return all
  end
  return ''
end

-- How often indices failed before, as i:n,i:n; few look through att as a whole, many are looked up.
local function failures(list)
  local out = {}
  local function add(i, v)
    local f = string.match(v, '^(%d+)|')
    if f ~= '0' then
      out[#out + 1] = int(i) .. ':' .. f
    end
  end
  local count = redis.call('HLEN', P .. 'att')
  if count == 0 or #list == 0 then
    return ''
  elseif count * 2 < #list then
    local first, last = list[1], list[#list]
    local all = redis.call('HGETALL', P .. 'att')
    for k = 1, #all, 2 do
      local i = tonumber(all[k])
      if i >= first and i <= last then
        add(i, all[k + 1])
      end
    end
  else
    lookup(list)
    for _, i in ipairs(list) do
      if known[i] ~= '' then
        add(i, known[i])
      end
    end
  end
  return table.concat(out, ',')
end

local function answer(claim)
  local epoch, _, kind, _, data = parse(claim)
  local mask, list = '', {}
  if kind == 'R' then
    local from, to = string.match(data, '^(%d+)-(%d+)$')
    from, to = tonumber(from), tonumber(to)
    mask = bits(from, to)
    if redis.call('HLEN', P .. 'att') > 0 then
      for i = from, to - 1 do
        list[#list + 1] = i
      end
    end
  else
    for i in string.gmatch(data, '%d+') do
      list[#list + 1] = tonumber(i)
    end
  end
  return {'ok', int(epoch), kind, data, mask, failures(list), enlist(worker), m[4], m[5], m[6]}
end

local had = redis.call('HGET', P .. 'claims', request)
if had then
  return answer(had)
end
if m[1] ~= 'open' then
  return {m[1]}
end
local now = clock()

local function claim(kind, n, data)
  local epoch = redis.call('HINCRBY', KEYS[1], 'epoch', 1)
  local value = int(epoch) .. '|' .. worker .. '|' .. kind .. '|' .. int(n) .. '|' .. data
  redis.call('HSET', P .. 'claims', request, value)
  redis.call('ZADD', P .. 'leases', int(now + lease), request)
  return answer(value)
end

local share = math.max(1, math.ceil((size - done - dead) / (2 * math.max(1, slots))))
local n = math.max(math.min(most, share), least)

local function suspect()
  local first = ARGV[8] == '1' and redis.call('ZRANGE', P .. 'susp', 0, 0)[1]
  if first then
    redis.call('ZREM', P .. 'susp', first)
  end
  return first
end

local alone = suspect()
if alone then
  return claim('S', 1, alone)
end

-- When a retry that is due then can be given to this worker: another one has it to itself for two leases, if there is one.
local function mine(i, due)
  local _, _, losses, last = attempt(i)
  if ARGV[7] == '1' and last == worker and losses < 2 then
    return due + 2 * lease
  end
  return due
end

-- Walks through retries by when they are due, 1,000 at most, while look(field, due) says that they stay where they are.
local function walk(from, to, page, look)
  local passed = 0
  for _ = 1, 4 do
    local found = redis.call('ZRANGEBYSCORE', P .. 'wait', from, to, 'WITHSCORES', 'LIMIT', int(passed), int(page))
    local list = {}
    for k = 1, #found, 2 do
      list[#list + 1] = tonumber(found[k])
    end
    lookup(list)
    for k = 1, #found, 2 do
      local stays, ends = look(found[k], tonumber(found[k + 1]))
      if ends then
        return
      end
      passed = passed + (stays and 1 or 0)
    end
    if #found < 2 * page then
      return
    end
    page = 250
  end
end

-- What is due and not left to another worker; a suspect among it goes back to the suspects.
local function retries()
  local want = math.min(n, 250)
  local taken = {}
  local function take(field, due)
    local i = tonumber(field)
    local stays = false
    if isset(i) then
      redis.call('ZREM', P .. 'wait', field)
    elseif mine(i, due) > now then
      stays = true
    else
      redis.call('ZREM', P .. 'wait', field)
      local _, _, losses = attempt(i)
      if losses >= 2 then
        redis.call('ZADD', P .. 'susp', int(now), field)
      else
        taken[#taken + 1] = int(i)
      end
    end
    return stays, #taken >= want
  end
  walk('-inf', int(now), want, take)
  local farthest = now + math.max(60000, tonumber(m[8]) or 0)
  for _, field in ipairs(redis.call('ZRANGEBYSCORE', P .. 'wait', '(' .. int(farthest), '+inf', 'LIMIT', 0, int(want - #taken))) do
    take(field, 0)
  end
  return taken
end

-- When the next retry can be given to this worker; nil if none waits.
local function soonest()
  local first
  walk('-inf', '+inf', 10, function(field, due)
    if first and due >= first then
      return true, true
    end
    first = math.min(first or math.huge, mine(tonumber(field), due))
    return true
  end)
  return first
end

if redis.call('ZCARD', P .. 'wait') > 0 then
  local taken = retries()
  if #taken > 0 then
    return claim('L', #taken, table.concat(taken, ','))
  end
  alone = suspect()
  if alone then
    return claim('S', 1, alone)
  end
end

-- Where a claim from there ends: whole blocks as far as possible.
local function edged(from, limit)
  local to = math.min(from + n, limit)
  local edge = math.floor(to / 128) * 128
  if n >= 128 and to < limit and edge > from then
    return edge
  end
  return to
end

for _ = 1, 16 do
  local gap = redis.call('LPOP', P .. 'gaps')
  if not gap then
    break
  end
  local from, to = string.match(gap, '^(%d+)-(%d+)$')
  from, to = tonumber(from), tonumber(to)
  while from < to and wasset(from) do
    from = from + 1
  end
  if from < to then
    local stop = edged(from, to)
    if stop < to then
      redis.call('LPUSH', P .. 'gaps', int(stop) .. '-' .. int(to))
    end
    return claim('R', stop - from, int(from) .. '-' .. int(stop))
  end
end

local cursor = tonumber(m[3])
if m[7] == '1' then
  local from = cursor
  for _ = 1, 64 do
    if cursor >= size then
      break
    end
    while cursor < size and cursor % 8 ~= 0 and wasset(cursor) do
      cursor = cursor + 1
    end
    if cursor % 8 ~= 0 or cursor >= size then
      break
    end
    local p = math.floor(cursor / 65536)
    local at = redis.call('BITPOS', P .. 'bits:' .. int(p), 0, int((cursor % 65536) / 8))
    if at < 0 then
      at = cursor % 65536
    end
    cursor = p * 65536 + math.max(at, cursor % 65536)
    if at < 65536 then
      break
    end
  end
  cursor = math.min(cursor, size)
  if cursor > from then
    redis.call('HSET', KEYS[1], 'cursor', int(cursor))
  end
end
if cursor < size and not (m[7] == '1' and isset(cursor)) then
  local to = edged(cursor, size)
  redis.call('HSET', KEYS[1], 'cursor', int(to))
  return claim('R', to - cursor, int(cursor) .. '-' .. int(to))
end

local claims = redis.call('HLEN', P .. 'claims')
local suspects = redis.call('ZCARD', P .. 'susp')
local waits = redis.call('EXISTS', P .. 'wait') == 1
local gaps = redis.call('EXISTS', P .. 'gaps') == 1
local audit = 0
if cursor >= size and claims == 0 and not waits and suspects == 0 and not gaps then
  audit = 1
end
local delay = '-1'
if cursor < size or gaps then
  delay = '0'
elseif waits then
  delay = int(math.max(0, soonest() - now))
end
return {'none', delay, suspects, claims, audit}
