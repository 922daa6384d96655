package io.jobmon.core.queue;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arrays that batch schedulers have accepted, by launch: also the work folder of a host knows them, but a folder can be
 * removed.
 *
 * <p>Thread safety: any number of threads.
 */
public final class LaunchNotes {

    private final RedisLink link;
    private final Keys keys;

    LaunchNotes(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    /**
     * Notes an array. Repeated, it changes nothing.
     *
     * @param place the host's name in its fleet
     * @param launch the launch, without a space
     * @param job the scheduler's id
     */
    public void note(String place, String launch, String job) {
        link.ask(commands -> RedisLink.got(commands.hset(keys.launches(), launch + " " + place, Reply.utf8(job))));
    }

    /**
     * What is noted of a host.
     *
     * @param place the host's name in its fleet
     * @return launch to the scheduler's id
     */
    public Map<String, String> at(String place) {
        Map<String, String> found = new TreeMap<>();
        link.ask(commands -> RedisLink.got(commands.hgetall(keys.launches()))).forEach((field, job) -> {
            int space = field.indexOf(' ');
            if (space > 0 && field.substring(space + 1).equals(place)) {
                found.put(field.substring(0, space), Reply.text(job));
            }
        });
        return found;
    }

    /**
     * Forgets arrays.
     *
     * @param place the host's name in its fleet
     * @param launches the launches, also such that are not noted
     */
    public void forget(String place, Collection<String> launches) {
        if (!launches.isEmpty()) {
            String[] fields =
                    launches.stream().map(launch -> launch + " " + place).toArray(String[]::new);
            link.ask(commands -> RedisLink.got(commands.hdel(keys.launches(), fields)));
        }
    }
}
