-- Marks a sweep as having outcomes ahead of its cursor, and gives workers their numbers in its results.
-- ARGV: workers ..., at most 1,000
-- Answers: {gone} | {state, the number of each}
local state = redis.call('HGET', KEYS[1], 'state')
if not state then
  return {'gone'}
end
if #ARGV > 1000 then
  return redis.error_reply('ERR jobmon: adopt: at most 1,000 workers at once')
end
redis.call('HSET', KEYS[1], 'adopted', '1')
local answer = {state}
for k = 1, #ARGV do
  answer[k + 1] = enlist(ARGV[k])
end
return answer
