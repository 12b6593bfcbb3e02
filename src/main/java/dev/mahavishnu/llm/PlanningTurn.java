package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Call.Lookup;
import dev.mahavishnu.llm.Call.Message;
import dev.mahavishnu.llm.Call.Tool;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** One request to its end: calls, lookups, repairs, each bounded in number. */
final class PlanningTurn {
  static final int MOST_LOOKUPS = 8;
  static final int MOST_REPAIRS = 2;

  /** Lookups one at a time, repairs, and one more after a model was told that there is no more. */
  private static final int MOST_CALLS = MOST_LOOKUPS + MOST_REPAIRS + 3;

  private static final int LONGEST_NOTE = 120;

  private final Chat chat;
  private final Prompts prompts;
  private final Checks checks;
  private final List<Lookups> lookups;
  private final ObjectNode schema;
  private final Progress progress;
  private final List<Message> messages = new ArrayList<>();
  private int looked;
  private int repairs;

  /**
   * @param start what the model is told first
   */
  PlanningTurn(
      Chat chat,
      Prompts prompts,
      Checks checks,
      List<Lookups> lookups,
      ObjectNode schema,
      List<Message> start,
      Progress progress) {
    this.chat = chat;
    this.prompts = prompts;
    this.checks = checks;
    this.lookups = List.copyOf(lookups);
    this.schema = schema;
    this.messages.addAll(start);
    this.progress = progress;
  }

  Proposal end() {
    List<Tool> tools = lookups.stream().flatMap(l -> l.tools().stream()).toList();
    AtomicBoolean stopped = new AtomicBoolean();
    try (Progress.Hold _ = progress.onStop(() -> stopped.set(true))) {
      for (int calls = 0; calls < MOST_CALLS; calls++) {
        if (stopped.get()) {
          return new Proposal.Stopped();
        }
        Call call = new Call(messages, Optional.of(schema), tools);
        Optional<Proposal> end = end(chat.answer(call, Watching.outline(progress)));
        if (end.isPresent()) {
          return stopped.get() ? new Proposal.Stopped() : end.get();
        }
      }
      return new Proposal.Unavailable("the model looks things up without end; nothing is proposed");
    }
  }

  private Optional<Proposal> end(Reply reply) {
    return switch (reply) {
      case Reply.Whole whole -> judged(whole.text());
      case Reply.Lookups wanted -> {
        if (wanted.lookups().isEmpty()) {
          yield judged(wanted.text());
        }
        look(wanted);
        yield Optional.empty();
      }
      case Reply.Cut cut ->
          Optional.of(
              new Proposal.Unavailable(
                  "the answer was cut short (" + cut.why() + "); nothing is proposed"));
      case Reply.Refused refused -> Optional.of(new Proposal.Refused(refused.words()));
      case Reply.Failed failed -> Optional.of(new Proposal.Unavailable(failed.why()));
      case Reply.Stopped _ -> Optional.of(new Proposal.Stopped());
    };
  }

  private Optional<Proposal> judged(String text) {
    return switch (checks.verdict(text)) {
      case Verdict.Done done -> Optional.of(done.proposal());
      case Verdict.Wrong wrong when repairs == MOST_REPAIRS -> Optional.of(wrong.last());
      case Verdict.Wrong wrong -> {
        repairs++;
        progress.notes(
            "the answer can't be proposed, asking again (%d of %d): %s"
                .formatted(repairs, MOST_REPAIRS, brief(wrong.problems().getFirst())));
        String problems =
            wrong.problems().stream().map(p -> "- " + p).collect(Collectors.joining("\n"));
        messages.add(new Call.Model(text, List.of()));
        messages.add(
            new Call.User(
                prompts.text(
                    "repair",
                    Map.of("problems", problems, "left", String.valueOf(MOST_REPAIRS - repairs)))));
        yield Optional.empty();
      }
    };
  }

  private static String brief(String line) {
    String plain = line.replaceAll("[\\s\\p{Cntrl}]+", " ");
    return plain.length() <= LONGEST_NOTE ? plain : plain.substring(0, LONGEST_NOTE) + "…";
  }

  private void look(Reply.Lookups wanted) {
    messages.add(new Call.Model(wanted.text(), wanted.lookups()));
    for (Lookup lookup : wanted.lookups()) {
      messages.add(new Call.Found(lookup, found(lookup)));
    }
  }

  private String found(Lookup lookup) {
    if (looked == MOST_LOOKUPS) {
      return "There are no more lookups in this turn: answer now.";
    }
    looked++;
    progress.notes("looks up: " + shown(lookup));
    return lookups.stream()
        .filter(l -> l.tools().stream().anyMatch(tool -> tool.name().equals(lookup.tool())))
        .findFirst()
        .map(l -> Quote.data(shown(lookup), l.look(lookup)))
        .orElse("There is no tool of this name.");
  }

  private static String shown(Lookup lookup) {
    String arguments =
        lookup.arguments().properties().stream()
            .filter(e -> !e.getValue().isNull())
            .map(e -> e.getKey() + "=" + e.getValue().asString(""))
            .collect(Collectors.joining(" "));
    return brief((lookup.tool() + " " + arguments).strip());
  }
}
