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
local checked = {}
for k = 3 + ended, #ARGV, 3 do
  local tag, at, value = ARGV[k], whole(ARGV[k + 1]), ARGV[k + 2]
  local entry = (k - 3 - ended) / 3
  if not at or int(at) ~= ARGV[k + 1] then
    return {'bad', 'index', entry}
  end
  local bucket, wanted
  if tag == 'B' then
    if at * 128 + 128 > size or #value > 262144 then
      return {'bad', 'block', entry}
    end
    bucket, wanted = P .. 'b:' .. ARGV[k + 1], 'string'
  elseif tag == 'R' or tag == 'G' then
    if at >= size or #value > 524288 then
      return {'bad', 'record', entry}
    end
    bucket, wanted = P .. 'o:' .. int(math.floor(at / 128)), 'hash'
  else
    return {'bad', 'tag', entry}
  end
  if not checked[bucket] then
    local type = redis.call('TYPE', bucket).ok
    if type ~= 'none' and type ~= wanted then
      return {'bad', 'type', entry}
    end
    checked[bucket] = true
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
for k = 3 + ended, #ARGV, 3 do
  local tag, at, value = ARGV[k], tonumber(ARGV[k + 1]), ARGV[k + 2]
  if tag == 'B' then
    local key = P .. 'bits:' .. int(math.floor(at / 512))
    local first = (at % 512) * 16
    local bytes = redis.call('GETRANGE', key, int(first), int(first + 15))
    bytes = bytes .. string.rep('\0', 16 - #bytes)
    if bytes == empty then
      redis.call('SET', P .. 'b:' .. ARGV[k + 1], value)
      redis.call('SETRANGE', key, int(first), full)
      stored = stored + 128
      top = math.max(top, at * 128 + 128)
      if remembered or saved then
        forgetblock(at)
      end
    elseif bytes == full then
      dropped = dropped + 128
    else
      again[#again + 1] = ARGV[k + 1]
    end
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
