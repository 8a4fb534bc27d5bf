package io.hyperfleet.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionCommandTest extends CommandTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "hyperfleet '' | adapter completion dry-run help migrate test-adapter",
      "hyperfleet ad | adapter",
      "hyperfleet adapter '' | lint new test try",
      "hyperfleet '' | get describe events wait retry pause resume outbox",
      "hyperfleet get '' | clusters nodepools adapters fleet",
      "hyperfleet get clusters --not | --not-ready",
      "hyperfleet get clusters --output '' | table wide json yaml",
      "hyperfleet describe '' | cluster nodepool",
      "hyperfleet outbox '' | dead retry",
      "hyperfleet adapter try --case x --nod | --nodepool",
      "hyperfleet adapter try --output '' | json text",
      "hyperfleet completion '' | bash zsh"})
  void bashCompletesWithIt(String words, String completed) throws Exception {
    assertThat(run("completion", "bash")).isZero();
    write("completion", out.toString());

    var found = shell("bash", "source completion; COMP_WORDS=(" + words + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); "
        + "_complete_hyperfleet 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"");

    assertThat(found.lines()).contains(completed.split(" "));
    assertThat(shell("bash", "source completion; complete -p hyperfleet")).contains("_complete_hyperfleet");
  }

  @Test
  void zshTakesIt() throws Exception {
    assertThat(run("completion", "zsh")).isZero();
    write("completion", out.toString());

    assertThat(shell("zsh", "autoload -U compinit && compinit -u -D; source completion; echo ${_comps[hyperfleet]}"))
        .contains("_bash_complete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fish", "Bash", ""})
  void saysWhichShellsThereAre(String shell) {
    assertThat(run("completion", shell)).isEqualTo(2);
    assertThat(err.toString()).contains("expected one of [bash, zsh]").doesNotContain("\tat ");
  }

  private String shell(String shell, String script) throws IOException, InterruptedException {
    Assumptions.assumeTrue(List.of("/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/").stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder + shell))), shell + " is not installed");
    var process = new ProcessBuilder(shell, "-c", script).directory(directory.toFile()).redirectErrorStream(true)
        .start();
    var output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
