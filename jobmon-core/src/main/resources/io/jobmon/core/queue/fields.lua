-- Fields of the meta hashes of many sweeps. Changes nothing. Not for servers that want the keys of a script in one slot.
-- KEYS: those hashes
-- ARGV: names of fields
-- Answers: the fields of the first sweep, of the second, ...; '' for what is not there
local all = {}
for _, key in ipairs(KEYS) do
  for _, value in ipairs(redis.call('HMGET', key, unpack(ARGV))) do
    all[#all + 1] = value or ''
  end
end
return all
