-- Put before every script. KEYS[1] is the meta hash of a sweep, <namespace>:{<sweep>}:meta; every other key of the sweep
-- has the same prefix and the same hash tag, so that one script stays within one slot of a Redis Cluster (but fields.lua).
--   meta    hash    specification, policy, state, counts; cursor: all indices below it have been claimed once
--   claims  hash    request -> epoch|worker|kind|n|data. kind R: data = from-to (to excluded); L: i,i,...; S: i, a suspect
--   leases  zset    request -> when it expires, ms
--   gaps    list    from-to: ranges that were claimed and given back
--   wait    zset    index -> when its retry is due, ms
--   susp    zset    suspects: indices that were lost twice, claimed alone
--   att     hash    index -> failures|epoch of the claim that failed last|losses|worker that failed last; of all in wait and susp
--   bits:p  string  bit i % 65536 of piece p = i / 65536: index i has its outcome
--   b:k     string  sealed block k, indices 128 k .. 128 k + 127     o:k  hash  open block k: index -> result
--   dead    hash    index -> cause|attempts|worker number|start|wall|epoch, of the first 1,000 with output ...|wall|o|epoch
--   output  hash    index -> what its process printed, zlib over JSON, of those dead letters
--   causes  hash    cause number -> JSON      causeids  hash  cause key -> number
--   workers hash    worker -> its number in results
--   ground  hash    index -> JSON             ckpt  hash  index -> JSON
--   lost    hash    request -> ranges that were counted as lost with it;  lostat  zset  request -> when
-- Only Redis' own clock counts. Every script can be run twice with the same arguments.
local P = string.sub(KEYS[1], 1, -5)

local function int(x)
  return string.format('%.0f', x)
end

local function clock()
  local t = redis.call('TIME')
  return tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
end

-- Which server, and which history of it, this is: another one after each start and each failover. '/' where INFO is forbidden.
local function incarnation()
  local function told(section, name)
    local info = redis.pcall('INFO', section)
    return type(info) == 'string' and string.match(info, name .. ':(%w+)') or ''
  end
  return told('replication', 'master_replid') .. '/' .. told('server', 'run_id')
end

local function whole(x)
  local n = tonumber(x)
  if not n or n < 0 or n ~= math.floor(n) or n > 9007199254740991 then
    return nil
  end
  return n
end

local function piece(i)
  return P .. 'bits:' .. int(math.floor(i / 65536)), int(i % 65536)
end

local function isset(i)
  local key, offset = piece(i)
  return redis.call('GETBIT', key, offset) == 1
end

-- The bits as they were at the first look, 4,096 at a time.
local seen = {}
local function octet(i)
  local chunk = math.floor(i / 4096)
  local bytes = seen[chunk]
  if not bytes then
    local first = (chunk % 16) * 512
    bytes = redis.call('GETRANGE', P .. 'bits:' .. int(math.floor(chunk / 16)), int(first), int(first + 511))
    seen[chunk] = bytes
  end
  return string.byte(bytes, math.floor((i % 4096) / 8) + 1) or 0
end

local function wasset(i)
  return bit.band(octet(i), bit.rshift(128, i % 8)) ~= 0
end

-- What att holds, as far as it was looked up or changed by this call; '' if there is nothing of an index.
local known = {}
local pending, vanishing = {}, {}

local function lookup(list)
  if redis.call('HLEN', P .. 'att') == 0 then
    for _, i in ipairs(list) do
      known[i] = known[i] or ''
    end
    return
  end
  for a = 1, #list, 1000 do
    local fields = {}
    for k = a, math.min(a + 999, #list) do
      fields[#fields + 1] = int(list[k])
    end
    for k, v in ipairs(redis.call('HMGET', P .. 'att', unpack(fields))) do
      local i = list[a + k - 1]
      known[i] = known[i] or v or ''
    end
  end
end

local function attempt(i)
  local v = known[i] or redis.call('HGET', P .. 'att', int(i)) or ''
  if v == '' then
    return 0, 0, 0, ''
  end
  local f, e, l, w = string.match(v, '^(%d+)|(%d+)|(%d+)|(.*)$')
  return tonumber(f), tonumber(e), tonumber(l), w
end

-- Writes what attempted has gathered. Every script that calls attempted ends with it.
local function flush()
  if #pending > 0 then
    redis.call('HSET', P .. 'att', unpack(pending))
    pending = {}
  end
  if #vanishing > 0 then
    redis.call('HDEL', P .. 'att', unpack(vanishing))
    vanishing = {}
  end
end

local function attempted(i, failures, epoch, losses, worker)
  local field = int(i)
  if failures == 0 and epoch == 0 and losses == 0 then
    if #pending > 0 or #vanishing >= 1000 then
      flush()
    end
    known[i] = ''
    vanishing[#vanishing + 1] = field
    return
  end
  if #vanishing > 0 or #pending >= 1000 then
    flush()
  end
  local v = int(failures) .. '|' .. int(epoch) .. '|' .. int(losses) .. '|' .. worker
  known[i] = v
  pending[#pending + 1] = field
  pending[#pending + 1] = v
end

local function parse(claim)
  local epoch, worker, kind, n, data = string.match(claim, '^(%d+)|([^|]*)|(%a)|(%d+)|(.*)$')
  return tonumber(epoch), worker, kind, tonumber(n), data
end

-- Whether all of from..to-1 have outcomes, told by one look; false also if they are no whole bytes, or not of one piece.
local function covered(from, to)
  if from % 8 ~= 0 or to % 8 ~= 0 then
    return false
  end
  local key, bit = piece(from)
  local bytes = redis.call('GETRANGE', key, int(bit / 8), int((bit + to - from) / 8 - 1))
  return #bytes * 8 == to - from and not string.find(bytes, '[^\255]')
end

-- The indices of a claim that are still its own: no outcome yet, and not failed under this claim or a later one.
local function unfinished(epoch, kind, data)
  local open = {}
  if kind == 'R' then
    local i, to = string.match(data, '^(%d+)-(%d+)$')
    i, to = tonumber(i), tonumber(to)
    if covered(i, to) then
      return {}
    end
    while i < to do
      if i % 8 == 0 and i + 8 <= to and octet(i) == 255 then
        i = i + 8
      else
        if not wasset(i) then
          open[#open + 1] = i
        end
        i = i + 1
      end
    end
  else
    for i in string.gmatch(data, '%d+') do
      if not wasset(tonumber(i)) then
        open[#open + 1] = tonumber(i)
      end
    end
  end
  lookup(open)
  local left = {}
  for _, i in ipairs(open) do
    local _, e = attempt(i)
    if e < epoch then
      left[#left + 1] = i
    end
  end
  return left
end

local function runs(list)
  local out = {}
  local a = 1
  while a <= #list do
    local b = a
    while b < #list and list[b + 1] == list[b] + 1 do
      b = b + 1
    end
    out[#out + 1] = int(list[a]) .. '-' .. int(list[b] + 1)
    a = b + 1
  end
  return out
end

local function give(list)
  for _, run in ipairs(runs(list)) do
    redis.call('RPUSH', P .. 'gaps', run)
  end
end

local function drop(request)
  redis.call('HDEL', P .. 'claims', request)
  redis.call('ZREM', P .. 'leases', request)
end

-- Gives back what is left of a claim.
local function back(kind, left)
  if kind == 'R' then
    give(left)
  elseif #left > 0 then
    local now = int(clock())
    for _, i in ipairs(left) do
      redis.call('ZADD', P .. (kind == 'S' and 'susp' or 'wait'), now, int(i))
    end
  end
end

-- Ends claims. What was left undone in them, by mistake or because a late replay of a claim met a late replay of its end, is
-- given back at once.
local function finish(requests)
  for _, request in ipairs(requests) do
    local held = redis.call('HGET', P .. 'claims', request)
    if held then
      local epoch, _, kind, _, data = parse(held)
      back(kind, unfinished(epoch, kind, data))
      drop(request)
    end
  end
end

-- What is remembered of an index only until it has its outcome. Who waits or is a suspect stands in att.
local function forget(i)
  local field = int(i)
  flush()
  if redis.call('HDEL', P .. 'att', field) == 1 then
    redis.call('ZREM', P .. 'wait', field)
    redis.call('ZREM', P .. 'susp', field)
  end
  known[i] = ''
  redis.call('HDEL', P .. 'ckpt', field)
end

-- Makes index i a dead letter if it has no outcome yet; returns 1 if it did. Output: '' if there is none.
local function bury(i, cause, attempts, worker, start, wall, epoch, output)
  local key, offset = piece(i)
  if redis.call('SETBIT', key, offset, 1) == 1 then
    return 0
  end
  local printed = ''
  if output ~= '' and redis.call('HLEN', P .. 'output') < 1000 then
    redis.call('HSET', P .. 'output', int(i), output)
    printed = 'o|'
  end
  redis.call('HSET', P .. 'dead', int(i),
    cause .. '|' .. int(attempts) .. '|' .. worker .. '|' .. start .. '|' .. wall .. '|' .. printed .. int(epoch))
  forget(i)
  return 1
end

local function causeid(key, json)
  local id = redis.call('HGET', P .. 'causeids', key)
  if id then
    return id
  end
  local n = redis.call('HLEN', P .. 'causes')
  if n >= 1000 then
    return '-1'
  end
  redis.call('HSET', P .. 'causeids', key, n)
  redis.call('HSET', P .. 'causes', n, json)
  return int(n)
end

-- Why a sweep with so many results and dead letters is to pause; nil if it may go on. Second: whether a limit of its policy
-- says so, and not the rule for sweeps without one.
local function excess(done, dead)
  local m = redis.call('HMGET', KEYS[1], 'stop', 'share', 'keep')
  local stop, share = tonumber(m[1] or '0'), tonumber(m[2] or '0')
  local all = done + dead
  if dead == 0 or m[3] == '1' then
    return nil, false
  end
  if stop > 0 and dead >= stop then
    return int(dead) .. (dead == 1 and ' experiment has' or ' experiments have') .. ' failed for good; the limit is stopAfterFailures('
      .. int(stop) .. ')', true
  end
  -- The factor makes up for what rounding adds to the product.
  if share > 0 and all >= 100 and dead * (1 + 1e-12) >= share * all then
    return int(dead) .. ' of ' .. int(all) .. ' outcomes are failures; the limit is stopAtFailureShare(' .. m[2] .. ')', true
  end
  if stop == 0 and done == 0 and dead >= 1000 then
    return 'the first ' .. int(dead) .. ' outcomes are all failures', false
  end
  return nil, false
end

-- After outcomes were added: counts, the highest index, and whether that was all. Returns the state.
local function settle(channel, done, dead, top)
  local m = redis.call('HMGET', KEYS[1], 'state', 'size', 'done', 'dead', 'top')
  local alldone, alldead = tonumber(m[3]) + done, tonumber(m[4]) + dead
  if done > 0 then
    redis.call('HINCRBY', KEYS[1], 'done', int(done))
  end
  if dead > 0 then
    redis.call('HINCRBY', KEYS[1], 'dead', int(dead))
  end
  if top > tonumber(m[5]) then
    redis.call('HSET', KEYS[1], 'top', int(top))
  end
  local state = m[1]
  if alldone + alldead >= tonumber(m[2]) then
    if state == 'open' or state == 'paused' or state == 'cancelled' then
      state = 'complete'
      redis.call('HSET', KEYS[1], 'state', state, 'reason', '')
      redis.call('PUBLISH', channel, P .. 'complete')
    end
  elseif state == 'open' and done + dead > 0 and alldead > 0 then
    local why = excess(alldone, alldead)
    if why then
      state = 'paused'
      redis.call('HSET', KEYS[1], 'state', state, 'reason', why)
      redis.call('PUBLISH', channel, P .. 'paused')
    end
  end
  return state
end

-- A worker's number in this sweep's results.
local function enlist(worker)
  local number = redis.call('HGET', P .. 'workers', worker)
  if not number then
    number = int(redis.call('HLEN', P .. 'workers'))
    redis.call('HSET', P .. 'workers', worker, number)
  end
  return number
end
