package io.jobmon.core.host;

import io.jobmon.Fleet;
import io.jobmon.GcReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Bundles on hosts of fleets, which nobody runs any more. Thread safety: stateless. */
public final class OldBundles {

    private OldBundles() {}

    /**
     * Adds what hosts have to a report. A host that cannot be asked is named there.
     *
     * @param report what was found elsewhere
     * @param fleets the fleets; of those that are closed nothing is asked
     * @param remove whether to remove it
     * @return all
     */
    public static GcReport addTo(GcReport report, List<Fleet> fleets, boolean remove) {
        List<GcReport.Item> items = new ArrayList<>(report.items());
        Set<String> known = new HashSet<>();
        List<String> unreached = new ArrayList<>(report.unreached());
        for (Fleet fleet : fleets) {
            if (fleet instanceof DefaultFleet open) {
                String why = "not among the " + open.keep() + " used last, and nothing launched runs from it";
                for (DefaultFleet.Collected of : open.collect(remove)) {
                    // Two fleets may have a host in common.
                    for (String bundle : of.bundles()) {
                        String id = of.host() + ":" + bundle;
                        if (known.add(id)) {
                            items.add(new GcReport.Item(GcReport.Kind.BUNDLE, id, why));
                        }
                    }
                    if (!of.wrong().isEmpty()) {
                        unreached.add(of.host() + ": " + of.wrong());
                    }
                }
            }
        }
        return new GcReport(report.removed(), items, unreached);
    }
}
