package io.hyperfleet.dryrun;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the completion script of {@code bin/hyperfleet}. */
@Command(name = "completion", mixinStandardHelpOptions = true, description = {
    "Print a script that completes commands, options and files of 'hyperfleet'.",
    "For this shell:   . <(hyperfleet completion bash)     (or zsh)",
    "For every shell:  the same line in ~/.bashrc, or in ~/.zshrc after compinit"})
final class CompletionCommand implements Callable<Integer> {

  /** The shells that there is a script for. */
  enum Shell {
    bash, zsh
  }

  @Parameters(paramLabel = "<shell>", description = "${COMPLETION-CANDIDATES}")
  private Shell shell;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    // One script for both: in zsh it enables support for bash completions.
    var out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("hyperfleet", spec.root().commandLine()));
    out.flush();
    return 0;
  }
}
