package net.berth.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A config file that is wrong never keeps a guest from starting, and is never run or printed. */
class HookConfigTest {
    private static final String URL = "url = http://127.0.0.1:1";
    private static final String SECRET = "secret = " + HookScript.SECRET;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url = ftp://host                          | :3: url: not understood; http:// or https://HOST[:PORT]",
                "url = http://user:pw@host                 | :3: url: not understood",
                "url = http://host:99999999                | :3: url: not understood",
                "url = http://h/$(touch x)                 | :3: url: not understood",
                "wait = 0                                  | :3: wait: not understood; seconds, 1 to 120",
                "wait = 20s                                | :3: wait: not understood",
                "wait = 121                                | :3: wait: not understood",
                "fingerprint = AB:CD                       | :3: fingerprint: not understood",
                "ca-file = /no/such/file                   | :3: ca-file: not understood; a file that can be read",
                "retries = 5                               | :3: not one of ca-file fingerprint secret url wait",
                "nonsense                                  | :3: not one of",
                "secret = whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY= | secret is given twice",
                "secret = whsec_c2hvcnQ=                   | :3: secret: not understood; whsec_ and the base64",
                "secret = MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=       | :3: secret: not understood",
                "secret = whsec_not*base64*not*base64*not*base64*            | :3: secret: not understood"
            })
    void a_line_that_is_wrong_is_named_but_not_printed(String line, String message) throws Exception {
        var run = new HookScript(folder).config(List.of(URL, SECRET, line)).run("101", "pre-start");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("berth: warning: ").contains(message).hasLineCount(1);
        assertThat(run.err()).doesNotContain(line.substring(line.indexOf(' ') + 1), "pw@", "MDEy", "c2hv", "*base64");
    }

    @Test
    void what_is_missing_is_named() throws Exception {
        var hook = new HookScript(folder);

        assertThat(hook.config(List.of(SECRET)).run("101", "pre-start").err()).contains("url is missing");
        assertThat(hook.config(List.of(URL)).run("101", "pre-start").err()).contains("secret is missing");
        assertThat(hook.config(List.of()).run("101", "pre-start").exit()).isZero();
    }

    @Test
    void a_config_file_that_is_missing_or_huge_or_a_folder_is_one_warning() throws Exception {
        for (var place : List.of("/no/such/berth.conf", "/dev/zero", folder.toString())) {
            var run = new HookScript(folder).run(Map.of("BERTH_HOOK_CONF", place), "101", "pre-start");

            assertThat(run.exit()).isZero();
            assertThat(run.err()).startsWith("berth: warning: " + place).hasLineCount(1);
        }
    }

    @Test
    void comments_empty_lines_and_blanks_are_fine_and_nothing_in_them_is_run() throws Exception {
        try (var receiver = TestReceiver.answering(TestReceiver.nothing(204))) {
            var conf = List.of(
                    "# `touch ran`; url = http://127.0.0.1:1",
                    "",
                    "   \t",
                    "  url=" + receiver.url() + "  \r",
                    "secret   =\t" + HookScript.SECRET,
                    "wait=7");
            var run = new HookScript(folder).config(conf).run("101", "pre-start");

            assertThat(run.all()).isEmpty();
            assertThat(receiver.requests().getFirst().headers()).containsEntry("prefer", "wait=7");
            assertThat(Path.of("ran")).doesNotExist();
        }
    }

    @Test
    void the_wait_is_twenty_seconds_when_none_is_given() throws Exception {
        try (var receiver = TestReceiver.answering(TestReceiver.nothing(204))) {
            new HookScript(folder)
                    .config(List.of("url = " + receiver.url(), SECRET))
                    .run("101", "pre-start");

            assertThat(receiver.requests().getFirst().headers()).containsEntry("prefer", "wait=20");
        }
    }

    @Test
    void a_missing_perl_module_is_one_warning() throws Exception {
        var broken = Map.of("PERL5OPT", "-M-strict -I" + folder, "PERL5LIB", folder.toString());
        java.nio.file.Files.createDirectories(folder.resolve("HTTP"));
        java.nio.file.Files.writeString(folder.resolve("HTTP/Tiny.pm"), "die 'not here';\n");
        var run = new HookScript(folder).config(List.of(URL, SECRET)).run(broken, "101", "pre-start");

        assertThat(run.exit()).isZero();
        assertThat(run.err()).startsWith("berth: warning: not here").hasLineCount(1);
    }
}
