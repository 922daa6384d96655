package io.jobmon.core.queue;

import io.jobmon.JobMonException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at a server before it is used: refuses what loses data, says what is risky, says what cannot be checked. */
final class Preflight {

    private static final int SCHEMA = 1;

    private final RedisLink link;
    private final Keys keys;
    private final RedisURI uri;
    private final boolean local;
    private final List<String> notes = new ArrayList<>();

    Preflight(RedisLink link, Keys keys, RedisURI uri, boolean local) {
        this.link = link;
        this.keys = keys;
        this.uri = uri;
        this.local = local;
    }

    List<String> check() {
        version();
        if (!local) {
            eviction();
            persistence();
            password();
        }
        schema();
        return notes;
    }

    private void version() {
        String version;
        try {
            version = field(link.ask(commands -> RedisLink.got(commands.info("server"))), "redis_version");
        } catch (JobMonException e) {
            if (refusedByAcl(e)) {
                notes.add("Redis does not let this user run INFO, so its version could not be checked; 6.2 is needed.");
                return;
            }
            throw e;
        }
        String[] parts = version.split("\\.");
        int major = number(parts, 0);
        int minor = number(parts, 1);
        if (major < 6 || major == 6 && minor < 2) {
            notes.add("Redis is version " + version + "; JobMon is tested with 6.2 and newer. Update the server.");
        }
    }

    private static int number(String[] parts, int k) {
        return k < parts.length && parts[k].matches("\\d{1,6}") ? Integer.parseInt(parts[k]) : 0;
    }

    private void schema() {
        byte[] found = link.ask(commands -> {
            RedisLink.got(commands.setnx(keys.schema(), Reply.utf8(SCHEMA)));
            return RedisLink.got(commands.get(keys.schema()));
        });
        String text = found == null ? "" : Reply.text(found);
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > SCHEMA) {
            throw new JobMonException("The namespace was written by a newer JobMon (schema " + text
                    + ", this one knows " + SCHEMA + "). Update this program, or choose another namespace.");
        }
    }

    private void eviction() {
        Map<String, String> found = config("maxmemory-policy");
        String policy = found.get("maxmemory-policy");
        if (policy == null) {
            notes.add("Redis does not let this user run CONFIG GET, so its eviction policy could not be checked;"
                    + " it must be noeviction, or results may vanish.");
        } else if (!policy.equals("noeviction")) {
            throw new JobMonException("Redis may evict keys when memory runs out (maxmemory-policy " + policy
                    + "), so results could vanish. Set it to noeviction: CONFIG SET maxmemory-policy noeviction.");
        }
        String listpack =
                config("hash-max-*pack-value").values().stream().findFirst().orElse("1024");
        if (listpack.matches("\\d{1,9}") && Integer.parseInt(listpack) < 1024) {
            notes.add("Redis keeps results smaller with hash-max-listpack-value 1024 (it is " + listpack + ").");
        }
    }

    private void persistence() {
        Map<String, String> found = config("appendonly");
        found.putAll(config("save"));
        if ("no".equals(found.get("appendonly")) && "".equals(found.get("save"))) {
            notes.add("Redis keeps nothing on disk: if it stops, sweeps and results are gone. Set appendonly yes.");
        }
    }

    private void password() {
        boolean given = uri.getCredentialsProvider() != null
                && Boolean.TRUE.equals(uri.getCredentialsProvider()
                        .resolveCredentials()
                        .map(credentials -> credentials.hasPassword())
                        .block());
        if (!given && uri.getHost() != null && !loopback(uri.getHost())) {
            notes.add("Redis at " + uri.getHost() + " lets anyone in without a password, who may then read and delete"
                    + " everything. Set requirepass, and put the password into the URI.");
        }
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private Map<String, String> config(String name) {
        try {
            return new HashMap<>(link.ask(commands -> RedisLink.got(commands.configGet(name))));
        } catch (JobMonException e) {
            if (refusedByAcl(e)) {
                return new HashMap<>();
            }
            throw e;
        }
    }

    private static boolean refusedByAcl(JobMonException e) {
        String message = e.getCause() instanceof RedisCommandExecutionException cause ? cause.getMessage() : null;
        return message != null && (message.startsWith("NOPERM") || message.contains("unknown command"));
    }

    /** A line of INFO. */
    static String field(String info, String name) {
        for (String line : info.split("\r?\n")) {
            if (line.startsWith(name + ":")) {
                return line.substring(name.length() + 1).trim();
            }
        }
        return "";
    }
}
