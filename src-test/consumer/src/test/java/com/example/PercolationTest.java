package com.example;

import static io.jobmon.junit.JobMonAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.Percolation.Outcome;
import com.example.Percolation.Params;
import io.jobmon.Axis;
import io.jobmon.JobMon;
import io.jobmon.ParamSpace;
import io.jobmon.Sweep;
import io.jobmon.junit.JobMonTest;
import io.jobmon.junit.StandardErrors;
import io.jobmon.junit.SweepTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@JobMonTest
class PercolationTest {
    @Test
    void should_span_more_often_when_more_is_open(JobMon jobmon) {
        Sweep<Params, Outcome> sweep = jobmon.post(new Percolation())
                .replicates(50)
                .sweep(ParamSpace.grid().axis("p", Axis.linspace(0.4, 0.8, 5)).axis("n", 32));
        assertThat(sweep).allSucceeded().monotoneAlong("p", "spans");
        assertThat(sweep).at("p", 0.4).mean("spans").isCloseTo(0, StandardErrors.of(3));
        assertThat(sweep.results()).hasSize(250);
    }

    /** Three tests of 10,000 fail, because that is what is looked for in the report. */
    @TestFactory
    Stream<DynamicTest> should_have_a_test_for_each_experiment(JobMon jobmon) {
        Sweep<Params, Outcome> sweep = jobmon.post(new Percolation())
                .replicates(10)
                .sweep(ParamSpace.grid().axis("p", Axis.linspace(0.0, 1.0, 1000)).axis("n", 8));
        return SweepTests.perExperiment(sweep, result -> {
            if (result.index() == 17 || result.index() == 4_711 || result.index() == 9_999) {
                throw new IllegalStateException("planted in " + result.index());
            }
            assertThat(result.value().largest()).isBetween(0.0, 1.0);
        });
    }
}
