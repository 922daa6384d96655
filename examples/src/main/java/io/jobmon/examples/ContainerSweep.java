package io.jobmon.examples;

import io.jobmon.Axis;
import io.jobmon.Fleet;
import io.jobmon.Host;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.ProgressBar;
import io.jobmon.Sweep;
import java.util.List;

/**
 * A sweep on a host of one's own kind, reached by {@link ProgramChannel}. Arguments: the program that runs a command there, and
 * the work folder there:
 *
 * <pre>ContainerSweep jobmon docker exec -i box</pre>
 *
 * where {@code box} has Java 17 and the network of this machine ({@code docker run --network host}), on which Redis listens.
 * With {@code env} as the program it is this machine itself.
 */
public final class ContainerSweep {

    private ContainerSweep() {}

    /**
     * Runs the sweep.
     *
     * @param args the work folder there, and the program
     */
    public static void main(String[] args) {
        if (args.length < 2) {
            System.err.println("Give a work folder there and a program: ContainerSweep jobmon docker exec -i box");
            System.exit(2);
        }
        System.out.println(sweep(args[0], List.of(args).subList(1, args.length)));
    }

    static String sweep(String folder, List<String> program) {
        try (JobMon jobmon = JobMon.local(1)) {
            Fleet fleet = jobmon.fleet()
                    .main(PercolationWorker.class)
                    .host(Host.over("box", new ProgramChannel(program)).slots(2).workdir(folder))
                    .build();
            fleet.sync();
            try {
                fleet.launch();
                jobmon.net().forEach(System.out::println);
                Sweep<Percolation.Params, Percolation.Outcome> sweep = jobmon.post(new Percolation())
                        .replicates(40)
                        .sweep(ParamSpace.grid()
                                .axis("p", Axis.linspace(0.50, 0.70, 5))
                                .axis("n", 128));
                sweep.await(ProgressBar.console());
                return sweep.results().summary("spans").toString();
            } finally {
                fleet.stop();
            }
        }
    }
}
