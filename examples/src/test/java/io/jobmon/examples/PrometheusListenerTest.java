package io.jobmon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobmon.JobMonListener;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusListenerTest {

    private final PrometheusListener metrics = new PrometheusListener(0);

    @AfterEach
    void close() {
        metrics.close();
    }

    private HttpResponse<String> scrape() throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics.address()).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void should_count_every_experiment_of_the_sweep_when_it_is_over() throws Exception {
        long size = MetricsSweep.sweep(metrics);
        HttpResponse<String> answer = scrape();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        List<String> lines = answer.body().lines().toList();
        double experiments = size;
        assertThat(lines)
                .contains(
                        "jobmon_posted_experiments_total{job=\"Percolation\"} " + experiments,
                        "jobmon_started_total{job=\"Percolation\"} " + experiments,
                        "jobmon_finished_total{job=\"Percolation\"} " + experiments,
                        "jobmon_attempt_seconds_count{job=\"Percolation\"} " + experiments,
                        "jobmon_running{job=\"Percolation\"} 0.0");
        assertThat(answer.body()).endsWith("\n");
        assertThat(lines)
                .allMatch(line -> line.matches(
                        "# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\\})? -?[0-9.E-]+"));
        assertThat(lines).filteredOn(line -> line.startsWith("# TYPE")).doesNotHaveDuplicates();
    }

    @Test
    void should_count_what_goes_wrong_and_quote_names() {
        String job = "odd \"name\" \\ of\ntwo lines";
        Duration second = Duration.ofSeconds(1);
        metrics.started(new JobMonListener.Started("w", job, "s", 0, 1, second, second));
        metrics.failed(new JobMonListener.Failed("w", job, "s", 0, 1, second, false));
        metrics.retried(new JobMonListener.Retried("w", job, "s", 0, 2));
        metrics.started(new JobMonListener.Started("w", job, "s", 0, 2, second, second));
        metrics.released(new JobMonListener.Released("w", job, "s", 0, 2, second));
        metrics.lost(new JobMonListener.Lost("w", job, "s", List.of("v"), 3, 0));
        metrics.missed(new JobMonListener.Missed(7));

        String label = "job=\"odd \\\"name\\\" \\\\ of\\ntwo lines\"";
        assertThat(metrics.page().lines())
                .contains(
                        "jobmon_failed_total{" + label + ",dead=\"false\"} 1.0",
                        "jobmon_retried_total{" + label + "} 1.0",
                        "jobmon_released_total{" + label + "} 1.0",
                        "jobmon_lost_experiments_total{" + label + "} 3.0",
                        "jobmon_running{" + label + "} 0.0",
                        "jobmon_missed_events_total 7.0");
    }
}
