package io.hyperfleet.dryrun.plan;

import io.hyperfleet.cli.TerminalText;
import java.io.PrintWriter;
import java.util.List;

/** Writes a plan for people. */
public final class PlanText {

  private static final int MOST_SHOWN = 10;
  private static final int SHORT_DIGEST = 12;

  private final PrintWriter out;

  public PlanText(PrintWriter out) {
    this.out = out;
  }

  /** A revision as people read it. */
  public static String revision(String digest) {
    return digest.substring(0, SHORT_DIGEST);
  }

  /** All of a plan. */
  public void print(Plan plan) {
    count(plan.unchanged(), "unchanged");
    groups(plan.changes(), "change these objects");
    groups(plan.waits(), "would newly wait for");
    groups(plan.jobs(), "would run a Job");
    groups(plan.failures(), "fail to render");
    if (plan.deleting() > 0) {
      count(plan.deleting(), "are being deleted and were skipped");
    }
    plan.notes().forEach(note -> out.println("Note: " + note));
    out.flush();
  }

  private void groups(List<Group> groups, String what) {
    count(Plan.count(groups), what);
    groups.stream().limit(MOST_SHOWN).forEach(this::group);
    if (groups.size() > MOST_SHOWN) {
      out.println("          and " + (groups.size() - MOST_SHOWN) + " more groups; --output json lists them");
    }
  }

  private void group(Group group) {
    line(String.format("%14d  ", group.count()), String.join("; ", group.shape())
        + (group.already() > 0 ? " (" + group.already() + " do already)" : ""));
    if (!group.example().equals(group.shape())) {
      line(" ".repeat(16), "such as " + group.exampleOf() + ":");
      group.example().forEach(text -> line(" ".repeat(18), text));
    }
    long more = group.count() - group.ids().size();
    line(" ".repeat(16), "ids: " + String.join(", ", group.ids()) + (more > 0 ? " and " + more + " more" : ""));
  }

  private void count(long count, String what) {
    out.println(String.format("%8d  %s", count, what));
  }

  private void line(String margin, String text) {
    out.println(margin + TerminalText.clean(text));
  }
}
