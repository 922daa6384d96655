package io.jobmon.tests;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.CommandJob;
import io.jobmon.Isolation;
import io.jobmon.JobMonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the arguments of a program may not hold. */
class CommandRefusalTest extends CommandCase {

    @Test
    void should_be_refused_at_the_sweep_when_a_placeholder_is_unknown() {
        CommandJob<?> job = CommandJob.of("unknown", "echo", "{beta}");

        assertThatThrownBy(() -> jobmon.post(job).sweep("betta", 1))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("hold {beta}, but the space has only betta")
                .hasMessageContaining("{{ and }}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh|-c|echo {p}",
                "/bin/sh|-c|echo {p}",
                "bash|-ec|echo {p}",
                "bash|-l|-c|echo {p}",
                "bash|-c|-e|echo {p}",
                "bash|--norc|-o|pipefail|-c|echo {p}",
                "dash|-c|echo {p}",
                "zsh|-c|echo {p}",
                "env|sh|-c|echo {p}",
                "env|-i|A=1|/usr/bin/env|bash|-lc|echo {p}",
                "env|-S|sh -c 'echo {p}'",
                "nice|-n|3|sh|-c|echo {p}",
                "python|-c|print({p})",
                "python3|-c|print({p})",
                "python3.11|-uc|print({p})",
                "python3|-Ic|print({p})",
                "python3|-W|ignore|-c|print({p})",
                "python3|-cprint({p})",
                "perl|-e|print {p}",
                "perl|-ne|print {p}",
                "perl|-w|-e|1|-e|print {p}",
                "perl|-eprint {p}",
                "perl|-I|lib|-E|say {p}",
            })
    void should_be_refused_when_a_placeholder_is_in_a_script(String command) {
        CommandJob<?> job = CommandJob.of("script", command.split("\\|"));

        assertThatThrownBy(() -> jobmon.post(job))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("use JOBMON_PARAM_p from the environment");
        assertThatThrownBy(() -> jobmon.worker().job(job))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("use JOBMON_PARAM_p from the environment");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh|-c|echo \"$1\"|sh|{p}",
                "sh|run.sh|-c|{p}",
                "bash|-e|run.sh|{p}",
                "python3|-c|import sys|{p}",
                "python3|sim.py|-c|{p}",
                "python3|-m|sim|-c|{p}",
                "perl|sim.pl|-e|{p}",
                "perl|-e|print @ARGV|{p}",
                "env|A=1|sim|{p}",
            })
    void should_be_accepted_when_a_placeholder_is_an_argument_of_a_script(String command) {
        jobmon.post(CommandJob.of("arguments", command.split("\\|")));
    }

    @ParameterizedTest
    @CsvSource({"{p},a '{' without", "a{,a '{' without", "a},a '}' without", "{},a '{' without", "{a{b}},a '{' without"
    })
    void should_be_refused_when_braces_do_not_match(String argument, String message) {
        if (argument.equals("{p}")) {
            assertThatThrownBy(() -> jobmon.post(CommandJob.of("braces", "{p}")))
                    .hasMessageContaining("what is run cannot be a parameter");
            return;
        }
        assertThatThrownBy(() -> jobmon.post(CommandJob.of("braces", "echo", argument)))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("{{ and }}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_refuse_isolation_when_it_has_a_process_of_its_own(boolean process) {
        assertThatThrownBy(() -> jobmon.post(CommandJob.of("isolated", "true"))
                        .isolation(process ? Isolation.PROCESS : Isolation.THREAD))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("has a process of its own");
    }
}
