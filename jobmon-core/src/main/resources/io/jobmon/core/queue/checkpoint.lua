-- Stores an experiment's state, if its claim still holds.
-- ARGV: request, epoch, index, state (at most 1 MiB)
-- Answers: {gone} | {lost} | {ok}
if redis.call('EXISTS', KEYS[1]) == 0 then
  return {'gone'}
end
local i = whole(ARGV[3])
if not i or #ARGV[4] > 1048576 then
  return redis.error_reply('ERR jobmon: checkpoint: bad arguments')
end
local held = redis.call('HGET', P .. 'claims', ARGV[1])
if not held or int((parse(held))) ~= ARGV[2] or isset(i) then
  return {'lost'}
end
redis.call('HSET', P .. 'ckpt', ARGV[3], ARGV[4])
return {'ok'}
