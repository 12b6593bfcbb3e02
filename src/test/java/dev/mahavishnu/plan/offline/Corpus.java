package dev.mahavishnu.plan.offline;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.plan.Planner;
import dev.mahavishnu.plan.Proposal;
import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.WorkspaceView;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Requests that were written down, with what must come of each. */
final class Corpus {
  static final FlowReader READER = new FlowReader(new Expressions());
  static final Planner PLANNER = new OfflinePlanner(READER, ZoneId.of("UTC"));

  private static final Path FOLDER = Path.of("src/test/resources/requests/offline");

  /** The Python files that expected flows name: a flow that is read must have its files. */
  private static final Path SCRIPTS = FOLDER.resolve("scripts");

  private static final YAMLMapper YAML = YAMLMapper.builder().build();
  private static final JsonNode DRAFTS = file("drafts.yaml");

  private Corpus() {}

  /** One request; prints as its text. */
  record Case(String request, JsonNode said) {
    Optional<Flow> draft() {
      return Optional.ofNullable(said.get("draft"))
          .map(d -> Corpus.flow(d.isString() ? Corpus.draft(d.stringValue()) : d));
    }

    Flow flow() {
      return Corpus.flow(said.get("flow"));
    }

    List<String> texts(String name) {
      JsonNode list = said.get(name);
      return list == null ? List.of() : list.valueStream().map(JsonNode::stringValue).toList();
    }

    boolean has(String name) {
      return said.has(name);
    }

    /** The choices of a question, each a request of the same draft. */
    List<Case> choices() {
      return said.get("choices")
          .valueStream()
          .map(c -> new Case(c.get("request").stringValue(), c))
          .toList();
    }

    Proposal planned() {
      return planned(request, draft());
    }

    Proposal planned(String text, Optional<Flow> draft) {
      WorkspaceView workspace =
          WorkspaceView.of(Set.copyOf(texts("flows")), Set.copyOf(texts("files"))::contains);
      return PLANNER.plan(new Request(text, draft, workspace));
    }

    @Override
    public String toString() {
      return request + draft().map(d -> " [draft " + d.name() + "]").orElse("");
    }
  }

  private static JsonNode draft(String name) {
    return name.equals("page") ? YAML.readTree(page().draft()) : DRAFTS.get(name);
  }

  private static Page page() {
    try {
      return Page.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Case> cases(String file) {
    return file(file).valueStream().map(c -> new Case(c.get("request").stringValue(), c));
  }

  private static JsonNode file(String name) {
    return YAML.readTree(FOLDER.resolve(name).toFile());
  }

  static Flow flow(JsonNode said) {
    return flow(said.toString());
  }

  static Flow flow(String text) {
    return switch (READER.read("expected", text, SCRIPTS)) {
      case ReadResult.Valid valid -> valid.source().flow();
      case ReadResult.Invalid invalid ->
          throw new AssertionError(
              text
                  + "\n"
                  + invalid.problems().stream()
                      .map(p -> p.text())
                      .collect(Collectors.joining("\n")));
    };
  }

  /** What was not understood, as words. */
  static List<String> words(Proposal proposal) {
    List<String> words = new ArrayList<>();
    if (proposal instanceof Proposal.NotUnderstood not) {
      not.parts().forEach(part -> words.add(part.words()));
    }
    return words;
  }
}
