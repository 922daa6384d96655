"""One epidemic in a town of 1,000 people: the SIR model, run event by event (Gillespie, J. Phys. Chem. 81 (1977), 2340)."""

import argparse
import json
import os
import random

parser = argparse.ArgumentParser()
parser.add_argument("--beta", type=float, required=True, help="contacts per day that infect")
parser.add_argument("--gamma", type=float, required=True, help="recoveries per day")
args = parser.parse_args()
if args.beta < 0 or args.gamma <= 0:
    parser.error("beta must not be negative, and gamma must be positive")

# Each run has a seed of its own; the same run has it again wherever it is repeated.
chance = random.Random(int(os.environ.get("JOBMON_SEED", "1")))

people = 1000
susceptible, infected = people - 5, 5
day, peak = 0.0, infected
while infected > 0:
    infections = args.beta * susceptible * infected / people
    recoveries = args.gamma * infected
    day += chance.expovariate(infections + recoveries)
    if chance.random() * (infections + recoveries) < infections:
        susceptible, infected = susceptible - 1, infected + 1
        peak = max(peak, infected)
    else:
        infected -= 1

print(json.dumps({"attackRate": (people - susceptible) / people, "peak": peak, "days": round(day, 2)}))
