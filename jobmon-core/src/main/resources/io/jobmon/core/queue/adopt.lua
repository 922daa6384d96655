-- Marks a sweep as having outcomes ahead of its cursor.
-- Answers: {gone} | {state}
local state = redis.call('HGET', KEYS[1], 'state')
if not state then
  return {'gone'}
end
redis.call('HSET', KEYS[1], 'adopted', '1')
return {state}
