package io.jobmon.core.queue;

/** The names of the keys that do not belong to one sweep, and the start of those that do. */
record Keys(String namespace) {

    String sweep(String id) {
        return namespace + ":{" + id + "}:";
    }

    String meta(String id) {
        return sweep(id) + "meta";
    }

    String schema() {
        return namespace + ":schema";
    }

    String sources() {
        return namespace + ":jobs:sources";
    }

    String descriptions() {
        return namespace + ":jobs:descs";
    }

    String times() {
        return namespace + ":jobs:times";
    }

    String commits() {
        return namespace + ":jobs:githashes";
    }

    String names() {
        return namespace + ":jobs:names";
    }

    String shapes() {
        return namespace + ":jobs:shapes";
    }

    String spaces() {
        return namespace + ":params:sources";
    }

    /** The open sweeps of a job's code, by priority. */
    String open(String base) {
        return namespace + ":jobs:new:" + base;
    }

    /** All sweeps of a job, by the time of their last post. */
    String sweeps(String job) {
        return namespace + ":jobs:sweeps:" + job;
    }

    String beats() {
        return namespace + ":workers:hbs";
    }

    String workers() {
        return namespace + ":workers:info";
    }

    String stop() {
        return namespace + ":workers:stop";
    }

    /** Arrays of batch schedulers. */
    String launches() {
        return namespace + ":workers:launches";
    }

    /** Who listens to workers, by id. */
    String monitors() {
        return namespace + ":monitors";
    }

    /** Where it is published that a listener came or went. */
    String monitored() {
        return namespace + ":monitored";
    }

    /** There for a minute after somebody looked for open sweeps that are not listed. */
    String relisted() {
        return namespace + ":workers:relisted";
    }

    /** Where news of sweeps are published. */
    String events() {
        return namespace + ":events";
    }

    /** Where new work is published, as base|amount. */
    String wake() {
        return namespace + ":wake";
    }
}
