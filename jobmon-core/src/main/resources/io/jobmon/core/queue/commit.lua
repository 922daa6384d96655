-- Stores results. The first outcome of an index wins; a block is sealed only if none of its indices has one.
-- ARGV: channel, number of claims that end with this, those requests, then entries of three:
--       B, block, sealed block | R, index, record | G, index, ground truth (after its R)
-- Answers: {gone} | {cleaning} | {bad, what is wrong, number of the entry} | {ok, stored, dropped, state, blocks to bring again singly ...}
--          With blocks to bring again, no claim is ended: end them with those.
local ended = whole(ARGV[2])
if not ended or (#ARGV - 2 - ended) % 3 ~= 0 then
  return redis.error_reply('ERR jobmon: commit: bad arguments')
end
local m = redis.call('HMGET', KEYS[1], 'state', 'size')
if not m[1] then
  return {'gone'}
end
if m[1] == 'cleaning' then
  return {'cleaning'}
end
local size = tonumber(m[2])

-- The types that keys must have. Of blocks nearly none exists, and one call tells; of those of records nearly all do.
local checked, blocks, blockentries = {}, {}, {}
local function fits(key, wanted)
  local type = redis.call('TYPE', key).ok
  return type == 'none' or type == wanted
end
for k = 3 + ended, #ARGV, 3 do
  local tag, at, value = ARGV[k], whole(ARGV[k + 1]), ARGV[k + 2]
  local entry = (k - 3 - ended) / 3
  if not at or int(at) ~= ARGV[k + 1] then
    return {'bad', 'index', entry}
  end
  if tag == 'B' then
    if at * 128 + 128 > size or #value > 262144 then
      return {'bad', 'block', entry}
    end
    blocks[#blocks + 1] = P .. 'b:' .. ARGV[k + 1]
    blockentries[#blockentries + 1] = entry
  elseif tag == 'R' or tag == 'G' then
    if at >= size or #value > 524288 then
      return {'bad', 'record', entry}
    end
    local bucket = P .. 'o:' .. int(math.floor(at / 128))
    if not checked[bucket] then
      if not fits(bucket, 'hash') then
        return {'bad', 'type', entry}
      end
      checked[bucket] = true
    end
  else
    return {'bad', 'tag', entry}
  end
end
for a = 1, #blocks, 1000 do
  local last = math.min(a + 999, #blocks)
  if redis.call('EXISTS', unpack(blocks, a, last)) > 0 then
    for b = a, last do
      if not fits(blocks[b], 'string') then
        return {'bad', 'type', blockentries[b]}
      end
    end
  end
end

local remembered = redis.call('EXISTS', P .. 'att') == 1
local saved = redis.call('EXISTS', P .. 'ckpt') == 1

-- Block -> indices in att, if they are few.
local touched
local function remember()
  touched = {}
  if redis.call('HLEN', P .. 'att') > 1000 then
    return
  end
  touched.all = true
  for _, field in ipairs(redis.call('HKEYS', P .. 'att')) do
    local block = math.floor(tonumber(field) / 128)
    touched[block] = touched[block] or {}
    table.insert(touched[block], tonumber(field))
  end
end

local function forgetblock(block)
  local fields = {}
  if remembered and not touched then
    remember()
  end
  if saved or remembered and not touched.all then
    for i = block * 128, block * 128 + 127 do
      fields[#fields + 1] = int(i)
    end
  end
  if saved then
    redis.call('HDEL', P .. 'ckpt', unpack(fields))
  end
  if not remembered then
    return
  end
  if touched.all then
    for _, i in ipairs(touched[block] or {}) do
      forget(i)
    end
    return
  end
  for k, v in ipairs(redis.call('HMGET', P .. 'att', unpack(fields))) do
    if v then
      forget(block * 128 + k - 1)
    end
  end
end

local stored, dropped, top = 0, 0, 0
local again, accepted = {}, {}
local empty, full = string.rep('\0', 16), string.rep('\255', 16)

-- Stores blocks first to first + n - 1, of one piece of bits, which begin at ARGV[k]: those of which nothing is there.
local function storeblocks(k, first, n)
  local key, offset = P .. 'bits:' .. int(math.floor(first / 512)), (first % 512) * 16
  local bytes = redis.call('GETRANGE', key, int(offset), int(offset + n * 16 - 1))
  bytes = bytes .. string.rep('\0', n * 16 - #bytes)
  local b = 0
  while b < n do
    local there = string.sub(bytes, b * 16 + 1, b * 16 + 16)
    if there == empty then
      local from, sets = b, {}
      repeat
        sets[#sets + 1] = P .. 'b:' .. ARGV[k + 3 * b + 1]
        sets[#sets + 1] = ARGV[k + 3 * b + 2]
        b = b + 1
      until b == n or string.sub(bytes, b * 16 + 1, b * 16 + 16) ~= empty
      redis.call('MSET', unpack(sets))
      redis.call('SETRANGE', key, int(offset + from * 16), string.rep(full, b - from))
      stored = stored + (b - from) * 128
      top = math.max(top, (first + b) * 128)
      if remembered or saved then
        for block = first + from, first + b - 1 do
          forgetblock(block)
        end
      end
    else
      if there == full then
        dropped = dropped + 128
      else
        again[#again + 1] = ARGV[k + 3 * b + 1]
      end
      b = b + 1
    end
  end
end

local k = 3 + ended
while k <= #ARGV do
  local tag, at, value = ARGV[k], tonumber(ARGV[k + 1]), ARGV[k + 2]
  if tag == 'B' then
    local n = 1
    while ARGV[k + 3 * n] == 'B' and tonumber(ARGV[k + 3 * n + 1]) == at + n and (at + n) % 512 ~= 0 do
      n = n + 1
    end
    storeblocks(k, at, n)
    k = k + 3 * (n - 1)
  elseif tag == 'R' then
    local key, offset = piece(at)
    if redis.call('SETBIT', key, offset, 1) == 0 then
      redis.call('HSET', P .. 'o:' .. int(math.floor(at / 128)), ARGV[k + 1], value)
      stored = stored + 1
      top = math.max(top, at + 1)
      accepted[ARGV[k + 1]] = true
      if remembered or saved then
        forget(at)
      end
    else
      dropped = dropped + 1
    end
  elseif accepted[ARGV[k + 1]] then
    redis.call('HSET', P .. 'ground', ARGV[k + 1], value)
  end
  k = k + 3
end
if #again == 0 then
  local requests = {}
  for k = 3, 2 + ended do
    requests[#requests + 1] = ARGV[k]
  end
  finish(requests)
end
if dropped > 0 then
  redis.call('HINCRBY', KEYS[1], 'dropped', int(dropped))
end
local answer = {'ok', stored, dropped, settle(ARGV[1], stored, 0, top)}
for _, block in ipairs(again) do
  answer[#answer + 1] = block
end
return answer
