-- Takes claims from workers that have not renewed them: one loss for each index without an outcome. From the second loss
-- on an index is a suspect; a third loss, claimed alone, makes it a dead letter.
-- After a gap without reaps (an outage: all leases have expired though all workers live) leases are armed anew once, 1,000
-- a call; likewise after the clock was set back, when leases would last too long.
-- At most 10 claims or about 8,192 indices a call; call again while it takes any.
-- ARGV: channel, lease ms, how: '' | all (every claim, the folder was locked: nobody runs them) | orderly (likewise, no losses),
--       losses that make a dead letter, cause key, cause JSON
-- Answers: {gone} | {armed, leases} | {ok, claims taken, indices given back, suspects made, dead letters made, state, workers ...}
local lease, limit = whole(ARGV[2]), whole(ARGV[4])
if not lease or lease < 1 or not limit or limit < 2 then
  return redis.error_reply('ERR jobmon: reap: bad arguments')
end
local how = ARGV[3]
local m = redis.call('HMGET', KEYS[1], 'state', 'reaped', 'armed', 'posted')
if not m[1] then
  return {'gone'}
end
if m[1] == 'cleaning' then
  return {'ok', 0, 0, 0, 0, m[1]}
end
local now = clock()
local last = tonumber(m[2])
local ahead = last and last > now
if how == '' and (ahead or (m[3] ~= '1' and (not last or now - last > lease))) then
  local wrong = redis.call('ZRANGEBYSCORE', P .. 'leases', '-inf', int(now), 'LIMIT', 0, 1000)
  if ahead then
    for _, request in ipairs(redis.call('ZRANGEBYSCORE', P .. 'leases', int(last), '+inf', 'LIMIT', 0, 1000)) do
      wrong[#wrong + 1] = request
    end
  end
  for _, request in ipairs(wrong) do
    redis.call('ZADD', P .. 'leases', int(now + lease), request)
  end
  if #wrong < 1000 then
    redis.call('HSET', KEYS[1], 'reaped', int(now), 'armed', '1')
  end
  return {'armed', #wrong}
end
redis.call('HSET', KEYS[1], 'reaped', int(now), 'armed', '0')
local till = how == '' and int(now) or '+inf'
local taken, given, suspects, buried, top = 0, 0, 0, 0, 0
local workers = {}
local function loss(i, kind, epoch)
  local f, e, l, w = attempt(i)
  l = l + 1
  if l >= limit and kind == 'S' then
    local sincepost = int(math.max(0, now - tonumber(m[4] or now)))
    buried = buried + bury(i, causeid(ARGV[5], ARGV[6]), f + 1, '-1', sincepost, '0', math.max(e, epoch), '')
    top = math.max(top, i + 1)
    return 'dead'
  end
  attempted(i, f, e, l, w)
  if l >= 2 then
    redis.call('ZADD', P .. 'susp', int(now), int(i))
    suspects = suspects + 1
    return 'suspect'
  end
  return 'lost'
end
local looked = 0
for _, request in ipairs(redis.call('ZRANGEBYSCORE', P .. 'leases', '-inf', till, 'LIMIT', 0, 100)) do
  if taken >= 10 or looked >= 8192 then
    break
  end
  local held = redis.call('HGET', P .. 'claims', request)
  if held then
    local epoch, owner, kind, n, data = parse(held)
    looked = looked + n
    local left = unfinished(epoch, kind, data)
    local back = {}
    for _, i in ipairs(left) do
      if how == 'orderly' then
        if kind == 'S' then
          redis.call('ZADD', P .. 'susp', int(now), int(i))
        else
          back[#back + 1] = i
        end
      elseif loss(i, kind, epoch) == 'lost' then
        back[#back + 1] = i
      end
    end
    give(back)
    if how ~= 'orderly' and #left > 0 then
      redis.call('HSET', P .. 'lost', request, table.concat(runs(left), ','))
      redis.call('ZADD', P .. 'lostat', int(now), request)
      for _, old in ipairs(redis.call('ZRANGE', P .. 'lostat', 0, -201)) do
        redis.call('HDEL', P .. 'lost', old)
        redis.call('ZREM', P .. 'lostat', old)
      end
    end
    given = given + #back
    taken = taken + 1
    workers[#workers + 1] = owner
  end
  drop(request)
end
flush()
local answer = {'ok', taken, given, suspects, buried, settle(ARGV[1], 0, buried, top)}
for _, owner in ipairs(workers) do
  answer[#answer + 1] = owner
end
return answer
