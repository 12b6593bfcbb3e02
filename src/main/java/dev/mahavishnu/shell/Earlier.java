package dev.mahavishnu.shell;

import dev.mahavishnu.view.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes up what was said in an earlier session. */
final class Earlier {
  private static final int NAMED = 5;
  private static final int CHOICES = 9;
  private static final int FIRST_WORDS = 60;

  private final Workplace place;
  private final Stage stage;
  private final Memory memory;

  Earlier(Workplace place, Stage stage, Memory memory) {
    this.place = place;
    this.stage = stage;
    this.memory = memory;
  }

  /** Begins as somebody asked for; false where that can't be, which was said. */
  boolean take(Beginning beginning, Drafts drafts) {
    return switch (beginning) {
      case Beginning.Fresh _ -> true;
      case Beginning.Newest _ -> {
        List<Transcript> all = Transcript.all(place.state());
        if (all.isEmpty()) {
          stage.say("there is no earlier session here: this one is new");
        } else {
          resume(all.getFirst(), drafts);
        }
        yield true;
      }
      case Beginning.Chosen _ -> choose(drafts);
      case Beginning.Of of -> {
        Optional<Transcript> transcript = Transcript.of(place.state(), of.id());
        transcript.ifPresentOrElse(t -> resume(t, drafts), () -> unknown(of.id()));
        yield transcript.isPresent();
      }
    };
  }

  /** Of the newest ones; without an answer the session is new. */
  private boolean choose(Drafts drafts) {
    List<Transcript> newest = Transcript.all(place.state()).stream().limit(CHOICES).toList();
    if (newest.isEmpty()) {
      stage.say("there is no earlier session here: this one is new");
      return true;
    }
    Optional<Answer> answer =
        stage.choose("which session goes on?", newest.stream().map(Earlier::shown).toList());
    return switch (answer.orElse(null)) {
      case Answer.Choice choice -> {
        resume(newest.get(choice.index()), drafts);
        yield true;
      }
      case Answer.Words words -> take(new Beginning.Of(words.text()), drafts);
      case null -> true;
    };
  }

  private static String shown(Transcript transcript) {
    List<Exchange> exchanges = transcript.read();
    String first = exchanges.stream().findFirst().map(Exchange::said).orElse("");
    return transcript.id() + "  " + Cells.fit(Cells.clean(first), FIRST_WORDS);
  }

  private void unknown(String id) {
    List<String> lines = new ArrayList<>();
    lines.add("there is no session " + Cells.clean(id) + " in this workspace");
    List<Transcript> all = Transcript.all(place.state());
    if (!all.isEmpty()) {
      lines.add("the newest are:");
      all.stream().limit(NAMED).forEach(t -> lines.add("  " + t.id()));
    }
    stage.complain(lines);
  }

  private void resume(Transcript transcript, Drafts drafts) {
    List<Exchange> exchanges = transcript.read();
    memory.resume(transcript, exchanges);
    Optional<DraftText> text =
        exchanges.reversed().stream()
            .flatMap(e -> e.draft().stream())
            .findFirst()
            .map(DraftText::new);
    Optional<Draft> draft = text.flatMap(t -> t.read(place::read));
    boolean other = text.filter(drafts.last()::equals).isEmpty();
    if (other && draft.isPresent()) {
      drafts.change(draft.get());
    } else if (other && text.filter(DraftText::isNone).isPresent() && !drafts.last().isNone()) {
      drafts.discard();
    }
    stage.say(
        "session "
            + transcript.id()
            + " goes on: "
            + exchanges.size()
            + (exchanges.size() == 1 ? " thing was said" : " things were said")
            + drafts.last().name().map(name -> ", the draft is " + name).orElse(", no draft"));
    if (text.isPresent() && !text.get().isNone() && draft.isEmpty()) {
      stage.say("its draft can't be read any more");
    }
  }
}
