package io.jobmon.core.identity;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.HashSet;
import java.util.Set;

/** Which classes are no part of a job's code: the JDK's, SLF4J's and JobMon's own. */
final class Territory {

    private static final Set<String> JDK_PACKAGES = jdkPackages();
    private static final Set<String> OWN_PACKAGES = Set.of("io/jobmon", "io/jobmon/spi");
    private static final Set<String> OWN_TREES = Set.of("core", "ssh", "junit", "cli");
    private static final String OWN = "io/jobmon/";

    private Territory() {}

    /**
     * Whether a class is left out.
     *
     * @param name the class's name with slashes
     * @return true if it is not user code
     */
    static boolean foreign(String name) {
        if (name.startsWith("java/") || name.startsWith("org/slf4j/")) {
            return true;
        }
        int end = name.lastIndexOf('/');
        if (end < 0) {
            return false;
        }
        String pack = name.substring(0, end);
        return pack.startsWith(OWN) || OWN_PACKAGES.contains(pack)
                ? own(pack)
                : JDK_PACKAGES.contains(pack.replace('/', '.'));
    }

    private static Set<String> jdkPackages() {
        Set<String> packages = new HashSet<>();
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            String name = module.descriptor().name();
            if (name.startsWith("java.") || name.startsWith("jdk.")) {
                packages.addAll(module.descriptor().packages());
            }
        }
        return packages;
    }

    private static boolean own(String pack) {
        if (OWN_PACKAGES.contains(pack)) {
            return true;
        }
        int end = pack.indexOf('/', OWN.length());
        return OWN_TREES.contains(pack.substring(OWN.length(), end < 0 ? pack.length() : end));
    }
}
