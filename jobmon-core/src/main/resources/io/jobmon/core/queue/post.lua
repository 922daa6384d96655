-- Writes a sweep, or meets the one that is there: identity stays, policy is replaced.
-- ARGV: state of a new sweep (adopting, open), number of identity fields, those (name, value), policy fields (name, value)
-- A paused sweep is opened by keepGoing(), more attempts or other limits, unless it is above those too.
-- Answers: {cleaning} | {state, 1 if it was made now, done, dead, when it was first posted, now, incarnation}
local first = ARGV[1]
local fixed = whole(ARGV[2])
if (first ~= 'adopting' and first ~= 'open') or not fixed or (#ARGV - 2) % 2 ~= 0 or 2 + 2 * fixed > #ARGV then
  return redis.error_reply('ERR jobmon: post: bad arguments')
end
local before = redis.call('HMGET', KEYS[1], 'state', 'attempts', 'stop', 'share')
local state = before[1]
if state == 'cleaning' then
  return {'cleaning'}
end
local made = 0
if not state then
  made = 1
  state = first
  for k = 3, 2 + 2 * fixed, 2 do
    redis.call('HSET', KEYS[1], ARGV[k], ARGV[k + 1])
  end
  redis.call('HSET', KEYS[1], 'state', state, 'reason', '', 'cursor', '0', 'done', '0', 'dead', '0', 'epoch', '0',
    'top', '0', 'rev', '0', 'adopted', '0', 'posted', int(clock()))
end
for k = 3 + 2 * fixed, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[k], ARGV[k + 1])
end
redis.call('HINCRBY', KEYS[1], 'rev', 1)
redis.call('HSET', KEYS[1], 'last', int(clock()))
local m = redis.call('HMGET', KEYS[1], 'done', 'dead', 'size', 'keep', 'attempts', 'posted', 'stop', 'share')
local done, dead = tonumber(m[1]), tonumber(m[2])
if state == 'open' or state == 'paused' or state == 'cancelled' then
  local why, limited = excess(done, dead)
  local eased = m[4] == '1' or (before[2] and tonumber(m[5]) > tonumber(before[2]))
    or m[7] ~= (before[3] or '0') or m[8] ~= (before[4] or '0')
  if done + dead >= tonumber(m[3]) then
    state, why = 'complete', ''
  elseif limited then
    state = 'paused'
  elseif state == 'cancelled' or (state == 'paused' and eased) then
    state, why = 'open', ''
  else
    why = nil
  end
  if why then
    redis.call('HSET', KEYS[1], 'state', state, 'reason', why)
  end
end
return {state, made, m[1], m[2], m[6], int(clock()), incarnation()}
