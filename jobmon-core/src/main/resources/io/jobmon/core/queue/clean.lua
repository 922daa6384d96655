-- Deletes a sweep in steps, meta last. Call until it answers done; it can be resumed by anyone.
-- ARGV: first block of this step, how, ms
--   how: 0 unless workers hold claims | 1 though they do | 2 only if it is useless: no outcome, no checkpoint, no claim, not even
--        one whose lease has expired, and not posted for so many ms | 3 as 2, but to ask only
--        4, 5 as 2 and 3, for one that is still adopting: its outcomes are copies
-- Answers: {running, claims} | {needed} | {useless}, if asked only | {more, first block of the next step} | {done}
local from = whole(ARGV[1])
local how = whole(ARGV[2])
local age = whole(ARGV[3] or '0')
if not from or not how or how > 5 or not age then
  return redis.error_reply('ERR jobmon: clean: bad arguments')
end
local m = redis.call('HMGET', KEYS[1], 'state', 'top')
if not m[1] then
  redis.call('DEL', KEYS[1])
  return {'done'}
end
local copies = how >= 4
if how >= 2 and m[1] ~= 'cleaning' then
  local n = redis.call('HMGET', KEYS[1], 'done', 'dead', 'last', 'posted')
  if (copies and m[1] ~= 'adopting') or (n[1] ~= '0' and not copies) or n[2] ~= '0' or redis.call('EXISTS', P .. 'claims', P .. 'ckpt') > 0
      or clock() - (tonumber(n[3] or n[4]) or 0) < age then
    return {'needed'}
  end
end
if how == 3 or how == 5 then
  return {'useless'}
end
if m[1] ~= 'cleaning' then
  local held = redis.call('ZCOUNT', P .. 'leases', int(clock()), '+inf')
  if held > 0 and how ~= 1 then
    return {'running', held}
  end
  redis.call('HSET', KEYS[1], 'state', 'cleaning')
end
local last = math.ceil(tonumber(m[2]) / 128)
local to = math.min(from + 1000, last)
local keys = {}
for k = from, to - 1 do
  keys[#keys + 1] = P .. 'b:' .. int(k)
  keys[#keys + 1] = P .. 'o:' .. int(k)
  if k % 512 == 511 or k == last - 1 then
    keys[#keys + 1] = P .. 'bits:' .. int(math.floor(k / 512))
  end
end
if #keys > 0 then
  redis.call('UNLINK', unpack(keys))
end
if to < last then
  return {'more', int(to)}
end
redis.call('UNLINK', P .. 'claims', P .. 'leases', P .. 'gaps', P .. 'wait', P .. 'susp', P .. 'att', P .. 'dead', P .. 'output',
  P .. 'causes', P .. 'causeids', P .. 'workers', P .. 'ground', P .. 'ckpt', P .. 'lost', P .. 'lostat')
redis.call('UNLINK', KEYS[1])
return {'done'}
