package net.berth.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageRoutesTest {
    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void thePageMayRunNothingThatIsNotItsOwnAndIsFramedNowhere() {
        HttpResponse<String> page = bench.send(bench.request("/"));
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self';")
                .contains("frame-ancestors 'none'", "form-action 'none'", "trusted-types")
                .doesNotContain("unsafe", "http", "*", "data:");
        assertThat(page.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
    }

    @Test
    void everyFileOfThePageIsServedAndNamesNoOtherHost() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of("src/main/resources/page"))) {
            files = all.filter(file -> !file.endsWith("openapi.yaml")).toList();
        }
        assertThat(files).hasSizeGreaterThan(10).allSatisfy(file -> {
            String name = file.getFileName().toString();
            HttpResponse<String> answer = bench.send(bench.request(name.equals("index.html") ? "/" : "/page/" + name));
            assertThat(answer.statusCode()).as(name).isEqualTo(200);
            assertThat(answer.body().replace("http://www.w3.org/2000/svg", ""))
                    .as(name)
                    .isNotEmpty()
                    .doesNotContain("://", "innerHTML", " style=", "onclick=");
        });
    }
}
