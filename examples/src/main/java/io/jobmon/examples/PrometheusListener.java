package io.jobmon.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jobmon.JobMonListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what happens to experiments, and serves the counts to a Prometheus server, over HTTP on the loopback address.
 *
 * <p>The page is in the Prometheus text exposition format, version 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/): a HELP and a TYPE line for each metric, then a line for each
 * of its series. Counts begin with this program; where experiments run in other JVMs, each has its own page.
 *
 * <p>Thread safety: any number of threads.
 */
public final class PrometheusListener implements JobMonListener, AutoCloseable {

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String[][] METRICS = {
        {"jobmon_posted_experiments_total", "counter", "Experiments of sweeps that were posted for the first time."},
        {"jobmon_claimed_experiments_total", "counter", "Experiments that workers took to run."},
        {"jobmon_started_total", "counter", "Attempts begun."},
        {"jobmon_retried_total", "counter", "Attempts begun after a failure of the same experiment."},
        {"jobmon_finished_total", "counter", "Attempts that brought a result."},
        {"jobmon_failed_total", "counter", "Attempts that failed; dead is true where no other follows."},
        {"jobmon_released_total", "counter", "Attempts that were broken off and given back."},
        {"jobmon_lost_experiments_total", "counter", "Claimed experiments of workers that went silent."},
        {"jobmon_running", "gauge", "Experiments that run now."},
        {"jobmon_attempt_seconds", "summary", "Wall time of attempts that brought a result."},
        {"jobmon_missed_events_total", "counter", "Events that came faster than they could be counted."},
    };

    private final Map<String, TreeMap<String, Double>> series = new TreeMap<>();
    private final HttpServer server;

    /**
     * Starts to serve.
     *
     * @param port a port of the loopback address; 0 for any that is free
     */
    public PrometheusListener(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " of the loopback address cannot be used", e);
        }
        server.createContext("/metrics", this::answer);
        server.start();
    }

    /**
     * Where the page is.
     *
     * @return its address
     */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = page().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TYPE);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /**
     * All counts.
     *
     * @return the page
     */
    public synchronized String page() {
        StringBuilder page = new StringBuilder();
        for (String[] metric : METRICS) {
            page.append("# HELP ")
                    .append(metric[0])
                    .append(' ')
                    .append(metric[2])
                    .append('\n');
            page.append("# TYPE ")
                    .append(metric[0])
                    .append(' ')
                    .append(metric[1])
                    .append('\n');
            for (String name : metric[1].equals("summary")
                    ? new String[] {metric[0] + "_sum", metric[0] + "_count"}
                    : new String[] {metric[0]}) {
                series.getOrDefault(name, new TreeMap<>())
                        .forEach((labels, value) -> page.append(name)
                                .append(labels)
                                .append(' ')
                                .append(value)
                                .append('\n'));
            }
        }
        return page.toString();
    }

    private synchronized void add(String metric, String labels, double amount) {
        series.computeIfAbsent(metric, name -> new TreeMap<>()).merge(labels, amount, Double::sum);
    }

    private static String labels(String job) {
        return "{job=\"" + quoted(job) + "\"}";
    }

    /** In a label's value, backslash, quote and line feed are escaped. */
    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private void ended(String job) {
        add("jobmon_running", labels(job), -1);
    }

    @Override
    public void posted(Posted event) {
        if (!event.known()) {
            add("jobmon_posted_experiments_total", labels(event.job()), event.size());
        }
    }

    @Override
    public void claimed(Claimed event) {
        add("jobmon_claimed_experiments_total", labels(event.job()), event.experiments());
    }

    @Override
    public void started(Started event) {
        add("jobmon_started_total", labels(event.job()), 1);
        add("jobmon_running", labels(event.job()), 1);
    }

    @Override
    public void retried(Retried event) {
        add("jobmon_retried_total", labels(event.job()), 1);
    }

    @Override
    public void finished(Finished event) {
        ended(event.job());
        add("jobmon_finished_total", labels(event.job()), 1);
        add("jobmon_attempt_seconds_sum", labels(event.job()), event.wall().toNanos() / 1e9);
        add("jobmon_attempt_seconds_count", labels(event.job()), 1);
    }

    @Override
    public void failed(Failed event) {
        ended(event.job());
        add("jobmon_failed_total", "{job=\"" + quoted(event.job()) + "\",dead=\"" + event.dead() + "\"}", 1);
    }

    @Override
    public void released(Released event) {
        ended(event.job());
        add("jobmon_released_total", labels(event.job()), 1);
    }

    @Override
    public void lost(Lost event) {
        add("jobmon_lost_experiments_total", labels(event.job()), event.experiments());
    }

    @Override
    public void missed(Missed event) {
        add("jobmon_missed_events_total", "", event.events());
    }

    /** Serves no more. */
    @Override
    public void close() {
        server.stop(0);
    }
}
