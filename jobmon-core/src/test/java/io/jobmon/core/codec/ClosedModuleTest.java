package io.jobmon.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobmon.JobMonException;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosedModuleTest {

    @TempDir
    Path folder;

    private Class<?> params(String declaration) throws IOException, ClassNotFoundException {
        Path info = folder.resolve("module-info.java");
        Path code = Files.createDirectories(folder.resolve("lab/sim")).resolve("Params.java");
        Files.writeString(info, declaration);
        Files.writeString(code, "package lab.sim; record Params(double p, int n) {}");
        Path out = folder.resolve("out");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", out.toString(), info.toString(), code.toString());
        assertThat(failed).isZero();
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(out), ModuleFinder.of(), Set.of("lab"));
        return boot.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader())
                .findLoader("lab")
                .loadClass("lab.sim.Params");
    }

    @Test
    void should_name_the_line_to_add_when_a_module_is_closed() throws Exception {
        Class<?> type = params("module lab {}");
        assertThatThrownBy(() -> ParameterType.of(type, "Job"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Add `opens lab.sim;` to the module-info of lab");
        assertThatThrownBy(() -> OutcomeType.of(type, "Job"))
                .isInstanceOf(JobMonException.class)
                .hasMessageContaining("Add `opens lab.sim;` to the module-info of lab");
    }

    @Test
    void should_reach_a_hidden_record_when_its_package_is_open() throws Exception {
        Class<?> type = params("module lab { opens lab.sim; }");
        ParameterType<Object> params = ParameterType.of(type, "Job");
        Object bound = params.binder(List.of("n", "p")).bind(new Object[] {3, 0.5});
        OutcomeType.Writer<Object> writer = OutcomeType.of(type, "Job").writer();
        writer.write(bound);
        assertThat(writer.take()).asString().isEqualTo("[0.5,3]");
    }
}
