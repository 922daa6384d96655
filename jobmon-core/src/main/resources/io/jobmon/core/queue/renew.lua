-- Prolongs the leases of a worker's claims, and takes back the losses of claims it was thought to have lost.
-- ARGV: worker, lease ms, requests ...
-- Answers: {gone} | {state, requests that are no longer its own ...}
local worker, lease = ARGV[1], whole(ARGV[2])
if not lease or lease < 1 then
  return redis.error_reply('ERR jobmon: renew: bad arguments')
end
local state = redis.call('HGET', KEYS[1], 'state')
if not state then
  return {'gone'}
end
local till = int(clock() + lease)
local answer = {state}
for k = 3, #ARGV do
  local request = ARGV[k]
  local held = redis.call('HGET', P .. 'claims', request)
  local mine = false
  if held then
    local _, owner = parse(held)
    mine = owner == worker
  end
  if mine then
    redis.call('ZADD', P .. 'leases', till, request)
  else
    answer[#answer + 1] = request
    local lost = redis.call('HGET', P .. 'lost', request)
    if lost then
      redis.call('HDEL', P .. 'lost', request)
      redis.call('ZREM', P .. 'lostat', request)
      local list, freed = {}, {}
      for from, to in string.gmatch(lost, '(%d+)-(%d+)') do
        for i = tonumber(from), tonumber(to) - 1 do
          list[#list + 1] = i
        end
      end
      lookup(list)
      for _, i in ipairs(list) do
        local f, e, l, w = attempt(i)
        if l > 0 and not wasset(i) then
          attempted(i, f, e, l - 1, w)
          if l == 2 and redis.call('ZREM', P .. 'susp', int(i)) == 1 then
            freed[#freed + 1] = i
          end
        end
      end
      give(freed)
    end
  end
end
flush()
return answer
