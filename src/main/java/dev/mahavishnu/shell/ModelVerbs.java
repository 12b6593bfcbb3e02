package dev.mahavishnu.shell;

import dev.mahavishnu.run.RunId;
import dev.mahavishnu.view.Cells;
import dev.mahavishnu.view.Table;
import dev.mahavishnu.view.Tone;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Which model is in use, what it took, and what was said in this session and in others. */
final class ModelVerbs {
  private static final int MOST_MODELS = 60;
  private static final int MOST_SESSIONS = 20;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final Workplace place;
  private final Noted stage;
  private final Memory memory;
  private final Spending spending;
  private final Attention attention;

  ModelVerbs(Workplace place, Noted stage, Memory memory, Spending spending, Attention attention) {
    this.place = place;
    this.stage = stage;
    this.memory = memory;
    this.spending = spending;
    this.attention = attention;
  }

  int take(Saying.Draft said) {
    return switch (said.verb()) {
      case MODEL -> said.rest().isEmpty() ? models() : use(String.join(" ", said.rest()));
      case COST -> cost();
      case TRANSCRIPT -> transcript(said.rest());
      case RUN, SAVE, SHOW, DIFF, EDIT, UNDO, REDO, DISCARD, WHY, FIX, HELP, EXIT, QUIT ->
          throw new IllegalArgumentException("not about models");
      case JOBS, FG, BG, WATCH, WAIT -> throw new IllegalArgumentException("not about models");
    };
  }

  private int models() {
    Models models = place.models();
    String current = models.current();
    stage.say(place.palette().paint(Tone.TITLE, Cells.clean(current)));
    stage.say(Cells.clean(models.why()));
    if (current.equals(Models.OFFLINE)) {
      return Exit.COMPLETED;
    }
    Optional<List<String>> names = attention.watch(current, _ -> models.list());
    if (names.isEmpty()) {
      return Exit.INTERRUPTED;
    }
    List<String> all = names.get();
    all.stream().limit(MOST_MODELS).forEach(name -> stage.say("  " + Cells.clean(name)));
    if (all.size() > MOST_MODELS) {
      stage.say("  and " + (all.size() - MOST_MODELS) + " more");
    }
    stage.say("`model NAME` uses another one, `model offline` none");
    return Exit.COMPLETED;
  }

  private int use(String name) {
    place.models().use(name);
    stage.say("from now on: " + Cells.clean(place.models().current()));
    return Exit.COMPLETED;
  }

  private int cost() {
    List<String> lines = spending.lines(place.palette());
    if (lines.isEmpty()) {
      stage.say("no model was asked in this session");
    }
    lines.forEach(line -> stage.say(Cells.clean(line)));
    return Exit.COMPLETED;
  }

  private int transcript(List<String> rest) {
    if (rest.equals(List.of("list"))) {
      return list();
    }
    if (!rest.isEmpty() && rest.getFirst().equals("export")) {
      return new Exporting(place, stage, memory).export(rest.subList(1, rest.size()));
    }
    Optional<Transcript> one =
        rest.isEmpty() ? memory.transcript() : Transcript.named(place.state(), rest.getFirst());
    if (one.isEmpty()) {
      stage.complain(
          List.of(
              rest.isEmpty()
                  ? "nothing was kept of this session yet; `transcript list` names others"
                  : "there is no session " + rest.getFirst() + "; `transcript list` names them"));
      return Exit.USAGE;
    }
    one.get().read().forEach(this::show);
    stage.say(
        place.palette().paint(Tone.QUIET, "kept in " + Cells.clean(one.get().file().toString())));
    return Exit.COMPLETED;
  }

  private void show(Exchange exchange) {
    exchange
        .said()
        .lines()
        .forEach(l -> stage.say(place.palette().paint(Tone.TITLE, "> " + Cells.clean(l))));
    List<String> shown =
        exchange.shown().isEmpty() && exchange.exit() != Exit.COMPLETED
            ? List.of("ended with exit code " + exchange.exit())
            : exchange.shown();
    shown.forEach(line -> stage.say(Cells.fit("  " + Cells.clean(line), stage.width())));
    exchange
        .model()
        .map(model -> model + ": " + Spending.text(exchange.usage(), place.palette()))
        .ifPresent(l -> stage.say(place.palette().paint(Tone.QUIET, "  " + Cells.clean(l))));
  }

  private int list() {
    List<Transcript> all = Transcript.all(place.state());
    if (all.isEmpty()) {
      stage.say("no session was kept here yet");
      return Exit.COMPLETED;
    }
    Table table = new Table("SESSION", "BEGAN", "SAID", "FIRST");
    all.stream().limit(MOST_SESSIONS).forEach(t -> table.row(row(t)));
    table.lines(place.palette(), stage.width()).forEach(stage::say);
    return Exit.COMPLETED;
  }

  private List<Table.Cell> row(Transcript transcript) {
    List<Exchange> exchanges = transcript.read();
    Optional<Exchange> first = exchanges.stream().findFirst();
    return List.of(
        Table.Cell.of(transcript.id()),
        Table.Cell.of(
            first.map(e -> TIME.withZone(place.clock().getZone()).format(e.at())).orElse("")),
        Table.Cell.of(String.valueOf(exchanges.size())),
        Table.Cell.of(first.map(Exchange::said).orElse("")));
  }

  /** Whether a word may name a session. */
  static boolean isSession(String word) {
    return word.equals("list") || word.equals("last") || RunId.isRunId(word);
  }
}
