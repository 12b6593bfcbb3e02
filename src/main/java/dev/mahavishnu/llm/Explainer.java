package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Explanation.Explained;
import dev.mahavishnu.llm.Explanation.Unavailable;
import dev.mahavishnu.llm.Inquiry.Settled;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.run.Evidence;
import dev.mahavishnu.run.EvidenceReader;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.StrictSchema;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Explains a run by a model, and lets nothing through that does not rest on evidence. */
final class Explainer {
  private static final int MOST_CITES = 10;
  private static final int LONGEST_TEXT = 2_000;
  private static final int TRIES = 2;
  private static final Pattern QUOTED = Pattern.compile("`([^`\\n]+)`");

  private final Chat chat;
  private final Surroundings place;
  private final Prompts prompts;

  Explainer(Chat chat, Surroundings place, Prompts prompts) {
    this.chat = chat;
    this.place = place;
    this.prompts = prompts;
  }

  Explanation explain(RunId run, String question, Progress progress) {
    Optional<RunHistory> history = place.history();
    Optional<Evidence> evidence =
        history.flatMap(h -> new EvidenceReader(h, place.redactor()::redact).read(run));
    if (history.isEmpty() || evidence.isEmpty()) {
      return new Unavailable("there is no run " + run);
    }
    try {
      EvidencePieces pieces = EvidencePieces.of(evidence.get());
      Lookups lookups = new RunLookups(history.get(), place.redactor(), place.clock());
      Inquiry inquiry = new Inquiry(chat, lookups, place.redactor(), schema(), progress);
      inquiry.tell(new Call.Instructions(prompts.text("explain", inputs(place))));
      inquiry.tell(new Call.User(told(evidence.get(), pieces, question)));
      return asked(inquiry, pieces, evidence.get().spec() + question);
    } catch (PromptException e) {
      return new Unavailable(String.valueOf(e.getMessage()));
    }
  }

  /** What both prompts of this kind may name. */
  static Map<String, String> inputs(Surroundings place) {
    ZonedDateTime now = ZonedDateTime.now(place.clock()).truncatedTo(ChronoUnit.MINUTES);
    return Map.of("marks", Quote.MARKS, "time", now.toString());
  }

  private static String told(Evidence evidence, EvidencePieces pieces, String question) {
    return Quote.data("evidence of run " + evidence.run(), pieces.text())
        + "\n\n"
        + (question.isBlank() ? "Why is this run in its state?" : question.strip());
  }

  static ObjectNode schema() {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.putObject("text").put("type", "string").put("maxLength", LONGEST_TEXT);
    properties.set("cites", cites());
    return StrictSchema.closed(properties);
  }

  /** The schema of a list of numbers of pieces. */
  static ObjectNode cites() {
    ObjectNode cites = JsonNodeFactory.instance.objectNode().put("type", "array");
    cites.putObject("items").put("type", "string").put("maxLength", 6);
    return cites.put("maxItems", MOST_CITES);
  }

  private static Explanation asked(Inquiry inquiry, EvidencePieces pieces, String known) {
    return switch (inquiry.settle(
        TRIES,
        Explainer::again,
        (text, problems) -> checked(text, pieces, known + inquiry.found(), problems))) {
      case Settled.Good<Explained> good -> good.answer();
      case Settled.Bad<Explained> bad ->
          new Unavailable(
              "the model's explanation does not rest on the evidence: "
                  + String.join("; ", bad.problems()));
      case Settled.None<Explained> none -> none(none.reply());
    };
  }

  private static String again(List<String> problems) {
    return "That can't be shown: "
        + String.join("; ", problems)
        + ". Answer again with the whole JSON object.";
  }

  private static Explanation none(Reply reply) {
    return switch (reply) {
      case Reply.Cut cut -> new Unavailable("the model's answer was cut short: " + cut.why());
      case Reply.Refused refused ->
          new Unavailable("the model would not answer: " + refused.words());
      case Reply.Failed failed -> new Unavailable(failed.why());
      case Reply.Stopped _ -> new Explanation.Stopped();
      case Reply.Whole _, Reply.Lookups _ -> throw new IllegalStateException("an answer is none");
    };
  }

  private static Optional<Explained> checked(
      String reply, EvidencePieces pieces, String known, List<String> problems) {
    try {
      ObjectNode answer = OneObject.in(reply);
      String text = answer.path("text").asString("").strip();
      if (text.isEmpty() || text.length() > 2 * LONGEST_TEXT) {
        problems.add("`text` must be some sentences");
      }
      List<String> cited =
          cited(answer.path("cites"), pieces, problems).stream()
              .map(EvidencePieces.Piece::text)
              .toList();
      quoted(text, pieces.text() + known, problems);
      return problems.isEmpty() ? Optional.of(new Explained(text, cited)) : Optional.empty();
    } catch (UnreadableReply e) {
      problems.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** The pieces that are cited; a problem where there is none, or one that does not exist. */
  static List<EvidencePieces.Piece> cited(
      JsonNode cites, EvidencePieces pieces, List<String> problems) {
    List<EvidencePieces.Piece> found = new ArrayList<>();
    for (JsonNode cite : cites) {
      String id = cite.asString("");
      Optional<EvidencePieces.Piece> piece = pieces.piece(id);
      piece.ifPresent(found::add);
      if (piece.isEmpty()) {
        problems.add("there is no evidence " + (id.isEmpty() ? cite.toString() : id));
      }
    }
    if (cites.isEmpty()) {
      problems.add("`cites` must name at least one piece of the evidence");
    }
    return found.stream().distinct().limit(MOST_CITES).toList();
  }

  /** Names in backquotes are taken for what is there. */
  private static void quoted(String text, String known, List<String> problems) {
    Matcher quoted = QUOTED.matcher(text);
    while (quoted.find()) {
      if (!known.contains(quoted.group(1).strip())) {
        problems.add("`" + quoted.group(1) + "` stands nowhere in the evidence");
      }
    }
  }
}
