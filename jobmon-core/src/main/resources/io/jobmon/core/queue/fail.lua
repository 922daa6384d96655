-- Records failed attempts: each waits for its next attempt, or becomes a dead letter.
-- ARGV: channel, worker, worker number, number of claims that end with this, those requests, then entries of ten:
--       index, epoch of the claim, its request, 1 if it cannot get better, jitter in [0,1], start, wall, cause key, cause JSON,
--       what its process printed (zlib over JSON) or ''
-- Answers: {gone} | {cleaning} | {ok, dead letters made, attempts counted, refused: their claim is gone, state}
local channel, worker, number, ended = ARGV[1], ARGV[2], ARGV[3], whole(ARGV[4])
if not ended or (#ARGV - 4 - ended) % 10 ~= 0 or string.find(worker, '|', 1, true) then
  return redis.error_reply('ERR jobmon: fail: bad arguments')
end
local m = redis.call('HMGET', KEYS[1], 'state', 'size', 'attempts', 'backoff')
if not m[1] then
  return {'gone'}
end
if m[1] == 'cleaning' then
  return {'cleaning'}
end
local size, attempts, backoff = tonumber(m[2]), tonumber(m[3]), tonumber(m[4])
for k = 5 + ended, #ARGV, 10 do
  local i, jitter = whole(ARGV[k]), tonumber(ARGV[k + 4])
  if not i or i >= size or not whole(ARGV[k + 1]) or not jitter or jitter < 0 or jitter > 1 or #ARGV[k + 8] > 16384
      or #ARGV[k + 9] > 262144 then
    return redis.error_reply('ERR jobmon: fail: bad entry')
  end
end
local now = clock()
local buried, counted, refused, top = 0, 0, 0, 0
for k = 5 + ended, #ARGV, 10 do
  local i, epoch = tonumber(ARGV[k]), tonumber(ARGV[k + 1])
  local held = redis.call('HGET', P .. 'claims', ARGV[k + 2])
  if not held or (parse(held)) ~= epoch then
    refused = refused + 1
  elseif not isset(i) then
    local f, e, losses = attempt(i)
    if e < epoch then
      f = f + 1
      if ARGV[k + 3] == '1' or f >= attempts then
        local cause = causeid(ARGV[k + 7], ARGV[k + 8])
        buried = buried + bury(i, cause, f, number, ARGV[k + 5], ARGV[k + 6], epoch, ARGV[k + 9])
        top = math.max(top, i + 1)
      else
        local delay = math.min(math.max(60000, backoff), backoff * 2 ^ math.min(f - 1, 40)) * tonumber(ARGV[k + 4])
        attempted(i, f, epoch, losses, worker)
        redis.call('ZADD', P .. 'wait', int(now + delay), int(i))
        counted = counted + 1
      end
    end
  end
end
flush()
local requests = {}
for k = 5, 4 + ended do
  requests[#requests + 1] = ARGV[k]
end
finish(requests)
return {'ok', buried, counted, refused, settle(channel, 0, buried, top)}
