-- Deletes a sweep in steps, meta last. Call until it answers done; it can be resumed by anyone.
-- ARGV: first block of this step, 1 to delete though workers hold claims
-- Answers: {running, claims} | {more, first block of the next step} | {done}
local from = whole(ARGV[1])
if not from then
  return redis.error_reply('ERR jobmon: clean: bad arguments')
end
local m = redis.call('HMGET', KEYS[1], 'state', 'top')
if not m[1] then
  redis.call('DEL', KEYS[1])
  return {'done'}
end
if m[1] ~= 'cleaning' then
  local held = redis.call('ZCOUNT', P .. 'leases', int(clock()), '+inf')
  if held > 0 and ARGV[2] ~= '1' then
    return {'running', held}
  end
  redis.call('HSET', KEYS[1], 'state', 'cleaning')
end
local last = math.ceil(tonumber(m[2]) / 128)
local to = math.min(from + 1000, last)
for k = from, to - 1 do
  redis.call('UNLINK', P .. 'b:' .. int(k), P .. 'o:' .. int(k))
  if k % 512 == 511 or k == last - 1 then
    redis.call('UNLINK', P .. 'bits:' .. int(math.floor(k / 512)))
  end
end
if to < last then
  return {'more', int(to)}
end
redis.call('UNLINK', P .. 'claims', P .. 'leases', P .. 'gaps', P .. 'wait', P .. 'susp', P .. 'att', P .. 'dead', P .. 'output',
  P .. 'causes', P .. 'causeids', P .. 'workers', P .. 'ground', P .. 'ckpt', P .. 'lost', P .. 'lostat')
redis.call('UNLINK', KEYS[1])
return {'done'}
