# Heads in 100 flips of a coin. awk takes seeds below 2^31.
awk -v seed="$JOBMON_SEED" 'BEGIN { srand(substr(seed, length(seed) - 8)); while (n++ < 100) heads += rand() < 0.5; print heads }'
