-- Where a sweep stands. Changes nothing. Claims whose lease has expired do not count.
-- Answers: {gone, incarnation} | {state, incarnation, reason, size, done, dead, claimed indices, claims, waiting, suspects}
local m = redis.call('HMGET', KEYS[1], 'state', 'reason', 'size', 'done', 'dead')
if not m[1] then
  return {'gone', incarnation()}
end
local claimed, claims = 0, 0
for _, request in ipairs(redis.call('ZRANGEBYSCORE', P .. 'leases', int(clock()), '+inf')) do
  local held = redis.call('HGET', P .. 'claims', request)
  if held then
    local _, _, _, n = parse(held)
    claimed = claimed + n
    claims = claims + 1
  end
end
return {m[1], incarnation(), m[2], m[3], m[4], m[5], int(claimed), claims,
  redis.call('ZCARD', P .. 'wait'), redis.call('ZCARD', P .. 'susp')}
