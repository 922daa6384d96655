-- Ends the taking over of results: adopting becomes open, or complete.
-- ARGV: channel
-- Answers: {gone} | {state}
local m = redis.call('HMGET', KEYS[1], 'state', 'size', 'done', 'dead')
if not m[1] then
  return {'gone'}
end
local state = m[1]
if state == 'adopting' then
  state = 'open'
  if tonumber(m[3]) + tonumber(m[4]) >= tonumber(m[2]) then
    state = 'complete'
    redis.call('PUBLISH', ARGV[1], P .. 'complete')
  end
  redis.call('HSET', KEYS[1], 'state', state)
end
return {state}
