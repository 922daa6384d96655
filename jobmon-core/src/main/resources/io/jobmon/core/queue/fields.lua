-- Fields of the meta hashes of many sweeps. Changes nothing. KEYS: those hashes; where a server wants the keys of a script in
-- one slot, one at a time.
-- ARGV: names of fields
-- Answers: the fields of the first sweep, of the second, ...; '' for what is not there
local all = {}
for _, key in ipairs(KEYS) do
  for _, value in ipairs(redis.call('HMGET', key, unpack(ARGV))) do
    all[#all + 1] = value or ''
  end
end
return all
