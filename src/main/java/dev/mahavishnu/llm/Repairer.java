package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Inquiry.Settled;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.run.Evidence;
import dev.mahavishnu.run.EvidenceReader;
import dev.mahavishnu.run.RunFold;
import dev.mahavishnu.run.RunHistory;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.StrictSchema;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Proposes by a model what would let a run go on; what code refuses, nobody sees as a proposal. */
final class Repairer {
  private static final String EDITS = "edits";
  private static final String PATCH = "patch";
  private static final String REFUSAL = "refusal";
  private static final Set<String> KEYS = Set.of("outcome", "why", "cites", EDITS, PATCH);
  private static final int REPAIRS = 2;
  private static final int LONGEST_WHY = 600;
  private static final int LONGEST_TEXT = 20_000;

  private final Chat chat;
  private final Surroundings place;
  private final Prompts prompts;

  Repairer(Chat chat, Surroundings place, Prompts prompts) {
    this.chat = chat;
    this.place = place;
    this.prompts = prompts;
  }

  /** What a proposal is about. */
  private record Case(RunFold run, Evidence evidence, EvidencePieces pieces, String wish) {}

  Repair repair(RunId run, String wish, Progress progress) {
    Optional<RunHistory> history = place.history();
    Optional<Case> found =
        history.flatMap(
            h ->
                new EvidenceReader(h, place.redactor()::redact)
                    .read(run)
                    .flatMap(
                        e -> h.fold(run).map(f -> new Case(f, e, EvidencePieces.of(e), wish))));
    if (history.isEmpty() || found.isEmpty()) {
      return new Repair.Unavailable("there is no run " + run);
    }
    if (found.get().evidence().failures().isEmpty()) {
      return new Repair.Refused("nothing in run " + run + " failed, so there is nothing to fix");
    }
    try {
      Lookups lookups = new RunLookups(history.get(), place.redactor(), place.clock());
      Inquiry inquiry = new Inquiry(chat, lookups, place.redactor(), schema(), progress);
      inquiry.tell(new Call.Instructions(prompts.text("fix", Explainer.inputs(place))));
      inquiry.tell(new Call.User(told(found.get())));
      return asked(inquiry, found.get());
    } catch (PromptException e) {
      return new Repair.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private String told(Case about) {
    Evidence evidence = about.evidence();
    String files = new NearbyFiles(place.root(), evidence).text();
    return Quote.data("evidence of run " + evidence.run(), about.pieces().text())
        + "\n\n"
        + Quote.data("the flow of the run", evidence.spec())
        + "\n\n"
        + files
        + "\n\n"
        + (about.wish().isBlank() ? "Propose what would let this run go on." : about.wish());
  }

  private static ObjectNode schema() {
    ObjectNode planner = ReplySchema.of(FlowReader.installedKinds(), true, Optional.empty());
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    ObjectNode outcome = properties.putObject("outcome").put("type", "string");
    outcome.putArray("enum").add(EDITS).add(PATCH).add(REFUSAL);
    properties.putObject("why").put("type", "string").put("maxLength", LONGEST_WHY);
    properties.set("cites", Explainer.cites());
    properties.set(EDITS, planner.path("properties").path(ReplySchema.EDITS));
    ObjectNode pieces = JsonNodeFactory.instance.objectNode();
    pieces.putObject("find").put("type", "string").put("maxLength", LONGEST_TEXT);
    pieces.putObject("with").put("type", "string").put("maxLength", LONGEST_TEXT);
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("file").put("type", "string").put("maxLength", 500);
    ObjectNode replace = patch.putObject("replace").put("type", "array").put("maxItems", 20);
    replace.set("items", StrictSchema.closed(pieces));
    properties
        .putObject(PATCH)
        .putArray("anyOf")
        .add(StrictSchema.closed(patch))
        .addObject()
        .put("type", "null");
    ObjectNode schema = StrictSchema.closed(properties);
    schema.set("$defs", planner.path("$defs"));
    return schema;
  }

  private Repair asked(Inquiry inquiry, Case about) {
    return switch (inquiry.settle(
        REPAIRS + 1, Repairer::again, (text, problems) -> checked(text, about, problems))) {
      case Settled.Good<Repair> good -> good.answer();
      case Settled.Bad<Repair> bad ->
          new Repair.Refused(
              "the model's repair was refused: " + String.join("; ", bad.problems()));
      case Settled.None<Repair> none -> none(none.reply());
    };
  }

  private static String again(List<String> problems) {
    return "That can't be proposed:\n"
        + String.join("\n", problems)
        + "\nAnswer again with the whole JSON object.";
  }

  private static Repair none(Reply reply) {
    return switch (reply) {
      case Reply.Cut cut ->
          new Repair.Unavailable("the model's answer was cut short: " + cut.why());
      case Reply.Refused refused ->
          new Repair.Refused("the model would not answer: " + refused.words());
      case Reply.Failed failed -> new Repair.Unavailable(failed.why());
      case Reply.Stopped _ -> new Repair.Stopped();
      case Reply.Whole _, Reply.Lookups _ -> throw new IllegalStateException("an answer is none");
    };
  }

  private Optional<Repair> checked(String reply, Case about, List<String> problems) {
    ObjectNode answer;
    try {
      answer = OneObject.in(reply);
    } catch (UnreadableReply e) {
      problems.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
    answer.propertyNames().stream()
        .filter(key -> !KEYS.contains(key))
        .forEach(key -> problems.add("unknown key `" + key + "`: an answer can only propose"));
    String why = answer.path("why").asString("").strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    if (why.isEmpty() || why.length() > 2 * LONGEST_WHY) {
      problems.add("`why` must be a sentence");
    }
    String outcome = answer.path("outcome").asString("");
    if (outcome.equals(REFUSAL)) {
      return problems.isEmpty() ? Optional.of(new Repair.Refused(why)) : Optional.empty();
    }
    List<EvidencePieces.Piece> cited =
        Explainer.cited(answer.path("cites"), about.pieces(), problems);
    if (isSet(answer.path(EDITS)) && isSet(answer.path(PATCH))) {
      problems.add("either `edits` or `patch`, not both");
    }
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return switch (outcome) {
      case EDITS -> respec(answer.path(EDITS), about, cited, problems, why);
      case PATCH -> patch(answer.path(PATCH), about, problems, why);
      default -> {
        problems.add("`outcome` is edits, patch or refusal");
        yield Optional.empty();
      }
    };
  }

  private static boolean isSet(JsonNode value) {
    return !value.isMissingNode() && !value.isNull() && !(value.isArray() && value.isEmpty());
  }

  private Optional<Repair> respec(
      JsonNode edits,
      Case about,
      List<EvidencePieces.Piece> cited,
      List<String> problems,
      String why) {
    Set<String> open = new HashSet<>(about.pieces().failed());
    cited.forEach(piece -> piece.task().ifPresent(open::add));
    RunFold run = about.run();
    FlowRepair repair =
        new FlowRepair(place.reader(), run.root().spec(), Path.of(run.root().folder()), problems);
    return repair
        .of(edits, open, about.wish(), place.root().toString())
        .map(flow -> new Repair.Respec(flow, why));
  }

  private Optional<Repair> patch(JsonNode patch, Case about, List<String> problems, String why) {
    Optional<FilePatch.Change> change = new FilePatch(place, problems).of(patch);
    change.ifPresent(
        c -> {
          String known = c.before() + about.run().root().spec() + about.wish();
          problems.addAll(NewNames.problems(c.after(), known, place.root().toString()));
          // In Python nearly every name with a dot would look like a host.
          if (!c.file().toString().endsWith(".py")) {
            new Named(List.of(about.wish()), List.of(known))
                .hosts(c.after())
                .forEach(host -> problems.add("nobody named the host " + host));
          }
        });
    return change
        .filter(_ -> problems.isEmpty())
        .map(c -> new Repair.Patch(c.file(), c.before(), c.after(), why));
  }
}
