package io.hyperfleet.cel;

import java.io.StringWriter;

/** A text builder that aborts the evaluation before its limit is exceeded. */
final class BoundedWriter extends StringWriter {

  private final EvaluationBudget budget;

  BoundedWriter(EvaluationBudget budget) {
    this.budget = budget;
  }

  @Override
  public void write(char[] characters, int from, int count) {
    grow(count);
    super.write(characters, from, count);
  }

  @Override
  public void write(String text, int from, int count) {
    grow(count);
    super.write(text, from, count);
  }

  private void grow(int count) {
    budget.steps(1 + count / 64);
    budget.text((long) getBuffer().length() + count);
  }
}
