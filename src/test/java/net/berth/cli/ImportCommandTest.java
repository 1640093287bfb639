package net.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code berth import} through the real receiver. */
class ImportCommandTest {

    @Test
    void aDryRunShowsTheMachinesAndSaysThatThereAreSome() {
        try (CliBench bench = new CliBench().started()) {
            CliBench.Result result = bench.run("import", "--dry-run");
            assertThat(result.out()).contains("192.168.1.9", "b8:27:eb:00:00:09", "printer", "would be created");
            assertThat(result.exit()).isEqualTo(2);
            assertThat(bench.berth.asked).containsExactly("import dry");
        }
    }

    @Test
    void anImportSaysWhatWasMade() {
        try (CliBench bench = new CliBench().started()) {
            CliBench.Result result = bench.run("import");
            assertThat(result.out()).contains("printer", "created").doesNotContain("would");
            assertThat(result.exit()).isZero();
            assertThat(bench.berth.asked).containsExactly("import real");
        }
    }
}
