-- Cancels a sweep: nothing more is claimed. Results that still come are kept.
-- ARGV: channel
-- Answers: {gone} | {state}
local state = redis.call('HGET', KEYS[1], 'state')
if not state then
  return {'gone'}
end
if state == 'open' or state == 'paused' or state == 'adopting' then
  state = 'cancelled'
  redis.call('HSET', KEYS[1], 'state', state)
  redis.call('PUBLISH', ARGV[1], P .. 'cancelled')
end
return {state}
