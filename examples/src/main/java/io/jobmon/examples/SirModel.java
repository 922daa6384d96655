package io.jobmon.examples;

import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.hipparchus.ode.sampling.StepNormalizer;

/**
 * An epidemic in a closed population of N: susceptible boys meet infected ones and fall ill, infected ones recover and stay
 * immune.
 *
 * <pre>
 *     dS/dt = - beta S I / N
 *     dI/dt =   beta S I / N - gamma I
 *     dR/dt =                  gamma I
 * </pre>
 *
 * <p>One infected boy among susceptible ones infects R0 = beta / gamma others. Source: Kermack and McKendrick, A Contribution
 * to the Mathematical Theory of Epidemics, Proceedings of the Royal Society A 115 (1927), 700-721. It is integrated with the
 * Runge-Kutta method of order 8 by Dormand and Prince (Hairer, Norsett, Wanner, Solving Ordinary Differential Equations I,
 * 2nd ed., section II.10), as Hipparchus has it.
 *
 * @param beta how many others a boy would infect in a day, were all susceptible
 * @param gamma the share of the infected that recovers in a day
 */
record SirModel(double beta, double gamma) implements OrdinaryDifferentialEquation {

    private static final double TOLERANCE = 1e-8;

    /** How many boys are susceptible, infected, recovered. */
    record State(double susceptible, double infected, double recovered) {

        double population() {
            return susceptible + infected + recovered;
        }
    }

    /** The states on days 0, 1, ..., {@code days}, the given one being that of day 0. */
    State[] days(State start, int days) {
        State[] states = new State[days + 1];
        var integrator = new DormandPrince853Integrator(1e-6, days, TOLERANCE, TOLERANCE);
        integrator.addStepHandler(new StepNormalizer(
                1.0, (state, last) -> states[(int) Math.round(state.getTime())] = of(state.getPrimaryState())));
        double[] initial = {start.susceptible(), start.infected(), start.recovered()};
        integrator.integrate(this, new ODEState(0, initial), days);
        return states;
    }

    double r0() {
        return beta / gamma;
    }

    @Override
    public int getDimension() {
        return 3;
    }

    @Override
    public double[] computeDerivatives(double day, double[] y) {
        State now = of(y);
        double infections = beta * now.susceptible() * now.infected() / now.population();
        double recoveries = gamma * now.infected();
        return new double[] {-infections, infections - recoveries, recoveries};
    }

    private static State of(double[] y) {
        return new State(y[0], y[1], y[2]);
    }
}
