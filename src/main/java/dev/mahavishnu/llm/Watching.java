package dev.mahavishnu.llm;

import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Usage;
import java.util.List;
import java.util.function.Consumer;

/** Shows a person what a reply says as it comes, and never its JSON. */
final class Watching implements Progress {
  /** The whole is read anew each time, so not at each sign. */
  private static final int STEP = 40;

  /** Of a long reply a larger part, or all of its readings would take the square of its length. */
  private static final int PARTS = 100;

  private final Progress person;
  private final Consumer<String> reader;
  private final StringBuilder text = new StringBuilder();
  private int seen;

  private Watching(Progress person, Consumer<String> reader) {
    this.person = person;
    this.reader = reader;
  }

  /** Of a reply that proposes: its outline. */
  static Watching outline(Progress person) {
    return new Watching(person, new Tasks(person));
  }

  /** Of a reply that answers: the words of its member {@code text}. */
  static Watching words(Progress person) {
    return new Watching(person, new Words(person));
  }

  private static final class Tasks implements Consumer<String> {
    private final Progress person;
    private List<String> shown = List.of();

    Tasks(Progress person) {
      this.person = person;
    }

    @Override
    public void accept(String reply) {
      List<String> now = Outline.of(reply);
      if (!now.equals(shown)) {
        shown = now;
        person.outlines(now);
      }
    }
  }

  private static final class Words implements Consumer<String> {
    private final Progress person;
    private int shown;

    Words(Progress person) {
      this.person = person;
    }

    @Override
    public void accept(String reply) {
      String words = PartialJson.of(reply).path("text").asString("");
      if (words.length() > shown) {
        person.says(words.substring(shown));
        shown = words.length();
      }
    }
  }

  @Override
  public synchronized void says(String more) {
    if (text.length() > OneObject.LONGEST) {
      return;
    }
    text.append(more);
    boolean ends = more.indexOf('}') >= 0 || more.indexOf('\n') >= 0 || more.indexOf(' ') >= 0;
    int news = text.length() - seen;
    if (text.length() <= OneObject.LONGEST
        && (ends || news >= STEP)
        && news >= text.length() / PARTS) {
      seen = text.length();
      reader.accept(text.toString());
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
