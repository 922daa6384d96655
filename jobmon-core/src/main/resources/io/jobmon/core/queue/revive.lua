-- Gives dead letters their attempts anew and opens the sweep. A paused one is opened by the last call, without indices: until
-- then its dead letters may still be above its limits.
-- ARGV: indices ..., at most 500
-- Answers: {gone} | {cancelled} | {cleaning} | {adopting} | {state, dead letters taken away}
local m = redis.call('HMGET', KEYS[1], 'state', 'size')
local state = m[1]
if not state then
  return {'gone'}
end
if state == 'cancelled' or state == 'cleaning' or state == 'adopting' then
  return {state}
end
if #ARGV > 500 then
  return redis.error_reply('ERR jobmon: revive: at most 500 indices at once')
end
for k = 1, #ARGV do
  if not whole(ARGV[k]) then
    return redis.error_reply('ERR jobmon: revive: bad index')
  end
end
local revived, now = 0, int(clock())
for k = 1, #ARGV do
  local letter = redis.call('HGET', P .. 'dead', ARGV[k])
  if letter then
    local i = tonumber(ARGV[k])
    local epoch = string.match(letter, '|(%d+)$')
    local key, offset = piece(i)
    redis.call('SETBIT', key, offset, 0)
    redis.call('HDEL', P .. 'dead', ARGV[k])
    redis.call('HDEL', P .. 'output', ARGV[k])
    attempted(i, 0, tonumber(epoch), 0, '')
    redis.call('ZADD', P .. 'wait', now, ARGV[k])
    revived = revived + 1
  end
end
flush()
if revived > 0 then
  redis.call('HINCRBY', KEYS[1], 'dead', int(-revived))
end
if (state == 'paused' and #ARGV == 0) or (state == 'complete' and revived > 0) then
  state = 'open'
  redis.call('HSET', KEYS[1], 'state', state, 'reason', '')
end
return {state, revived}
