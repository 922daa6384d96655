-- Marks a sweep as having outcomes ahead of its cursor, notes whose they are, and gives workers their numbers in its results.
-- ARGV: the sweep that the outcomes are of, workers ..., at most 1,000
-- Answers: {gone} | {state, the number of each}
local m = redis.call('HMGET', KEYS[1], 'state', 'from')
if not m[1] then
  return {'gone'}
end
local donor = ARGV[1]
if not donor or donor == '' or string.find(donor, ',', 1, true) or #ARGV > 1001 then
  return redis.error_reply('ERR jobmon: adopt: bad arguments')
end
redis.call('HSET', KEYS[1], 'adopted', '1')
local from = m[2] or ''
if not string.find(',' .. from .. ',', ',' .. donor .. ',', 1, true) then
  redis.call('HSET', KEYS[1], 'from', from == '' and donor or from .. ',' .. donor)
end
local answer = {m[1]}
for k = 2, #ARGV do
  answer[k] = enlist(ARGV[k])
end
return answer
