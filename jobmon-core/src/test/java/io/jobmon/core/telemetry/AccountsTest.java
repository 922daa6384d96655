package io.jobmon.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountsTest {

    private final Accounts accounts = new Accounts();

    @Test
    void should_tell_what_has_not_come() {
        accounts.add("w-1 a", 5, 2);
        accounts.add("w-2 b", 7, 7);
        assertThat(accounts.lost()).isEqualTo(3);
        accounts.add("w-1 a", 9, 1);
        assertThat(accounts.lost()).isEqualTo(6);
        // What was sent before comes late.
        accounts.add("w-1 a", 5, 6);
        assertThat(accounts.lost()).isZero();
    }

    @Test
    void should_keep_the_sum_when_many_workers_have_come_and_gone() {
        for (int k = 0; k < 100_000; k++) {
            accounts.add("w-" + k, 3, 1);
            accounts.add("stays", k + 1, 1);
        }
        assertThat(accounts.lost()).isEqualTo(200_000);
    }
}
