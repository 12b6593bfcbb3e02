package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Usage;
import java.util.List;

/** Shows a person the outline of a reply as it comes, and never its JSON. */
final class Watching implements Progress {
  /** The whole is read anew each time, so not at each sign. */
  private static final int STEP = 40;

  private final Progress person;
  private final StringBuilder text = new StringBuilder();
  private int seen;
  private List<String> shown = List.of();

  Watching(Progress person) {
    this.person = person;
  }

  @Override
  public synchronized void says(String more) {
    text.append(more);
    boolean ends = more.indexOf('}') >= 0 || more.indexOf('\n') >= 0;
    if (text.length() <= OneObject.LONGEST && (ends || text.length() - seen >= STEP)) {
      seen = text.length();
      List<String> now = Outline.of(text.toString());
      if (!now.equals(shown)) {
        shown = now;
        person.outlines(now);
      }
    }
  }

  @Override
  public void thinks(String more) {
    person.thinks(more);
  }

  @Override
  public void notes(String line) {
    person.notes(line);
  }

  @Override
  public void costs(Usage usage) {
    person.costs(usage);
  }

  @Override
  public Hold onStop(Runnable stop) {
    return person.onStop(stop);
  }
}
