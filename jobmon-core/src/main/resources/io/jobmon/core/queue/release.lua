-- Gives claims back: what has no outcome can be claimed again. Costs no attempt and counts no loss.
-- ARGV: worker, requests ...
-- Answers: {gone} | {ok, indices given back}
local worker = ARGV[1]
if redis.call('EXISTS', KEYS[1]) == 0 then
  return {'gone'}
end
if #ARGV > 11 then
  return redis.error_reply('ERR jobmon: release: at most 10 claims at once')
end
local given, now = 0, int(clock())
for k = 2, #ARGV do
  local held = redis.call('HGET', P .. 'claims', ARGV[k])
  if held then
    local epoch, owner, kind, _, data = parse(held)
    if owner == worker then
      local left = unfinished(epoch, kind, data)
      if kind == 'R' then
        give(left)
      else
        for _, i in ipairs(left) do
          redis.call('ZADD', P .. (kind == 'S' and 'susp' or 'wait'), now, int(i))
        end
      end
      given = given + #left
      drop(ARGV[k])
    end
  end
end
return {'ok', given}
