"""One stochastic SIR epidemic, run to its end with Gillespie's algorithm (J. Phys. Chem. 81, 2340, 1977).

Reads parameters from standard input, prints the outcome as one JSON object. Needs the standard library alone.
"""

import json
import os
import random
import sys


def epidemic(r0, infected, population, rng):
    """Infections happen at the rate r0 * S * I / N and recoveries at the rate I: time is in infectious periods."""
    susceptible, recovered = population - infected, 0
    time, peak = 0.0, infected
    while infected:
        infection = r0 * susceptible * infected / population
        total = infection + infected
        time += rng.expovariate(total)
        if rng.random() * total < infection:
            susceptible, infected = susceptible - 1, infected + 1
            peak = max(peak, infected)
        else:
            infected, recovered = infected - 1, recovered + 1
    return {"attack": recovered / population, "peak": peak / population, "duration": time}


if __name__ == "__main__":
    given = json.load(sys.stdin)
    outcome = epidemic(given["r0"], given["seeds"], 500, random.Random(int(os.environ["JOBMON_SEED"])))
    # An outbreak, by convention, reaches a tenth of the population.
    outcome["outbreak"] = outcome["attack"] > 0.1
    print(json.dumps(outcome))
