package dev.mahavishnu.plan.offline;

import dev.mahavishnu.plan.offline.Meanings.Meaning;
import dev.mahavishnu.plan.offline.StepText.Addition;
import dev.mahavishnu.plan.offline.StepText.Doing;
import dev.mahavishnu.spec.NamedValue;
import dev.mahavishnu.spec.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes the work of one step: its command, request or file, and what it is given. A value goes into
 * a command as an expression of its own or as a quoted word, never as part of the script.
 */
final class WorkMaker {
  private static final long MAX_BYTES = 10_000_000;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Meanings meanings;
  private final Findings findings;
  private final Doing doing;
  private final Optional<Name> item;
  private final StringBuilder command = new StringBuilder();
  private final List<NamedValue> named = new ArrayList<>();
  private final List<NamedValue> headers = new ArrayList<>();
  private final List<NamedValue> env = new ArrayList<>();
  private Optional<JsonNode> body = Optional.empty();
  private List<Integer> expected = List.of();

  WorkMaker(Meanings meanings, Findings findings, Doing doing, Optional<Name> item) {
    this.meanings = meanings;
    this.findings = findings;
    this.doing = doing;
    this.item = item;
    if (doing instanceof Doing.Run run) {
      command.append(run.command());
      checkVariable(run);
    }
  }

  /** {@code $region} in a command is a variable of the shell, and nothing sets it. */
  private void checkVariable(Doing.Run run) {
    item.map(Name::text)
        .filter(
            name ->
                Pattern.compile("\\$(" + name + "\\b|\\{" + name + "\\b)")
                    .matcher(run.command())
                    .find())
        .ifPresent(
            name ->
                findings.unclear(
                    run.span(),
                    "$" + name + " would be a variable of the shell: write ${{ item }}",
                    Form.FOR_EACH));
  }

  /** Environment of the step. */
  List<NamedValue> env() {
    return List.copyOf(env);
  }

  Work work() {
    return switch (doing) {
      case Doing.Run _ -> new Work.Shell(Optional.of(command.toString()), List.of());
      case Doing.Python python ->
          new Work.Python(Optional.of(python.file()), Optional.empty(), named);
      case Doing.Call call ->
          new Work.Http(call.method(), call.url(), headers, body, expected, MAX_BYTES);
      case Doing.Approval approval ->
          new Work.Approval(approval.message().orElse("Go on?"), approval.expires());
      case Doing.Subflow flow ->
          new Work.Subflow(Optional.of(flow.flow().text()), Optional.empty(), named);
      case Doing.Compute compute ->
          new Work.Compute(JSON.stringNode("${{ " + compute.expression() + " }}"));
    };
  }

  /** {@code with VALUE}. */
  void give(Addition.Give give) {
    switch (doing) {
      case Doing.Run run -> argument(run, give);
      case Doing.Python _, Doing.Subflow _ ->
          name(give.value())
              .ifPresentOrElse(
                  name -> named(name, give.value(), give.span()),
                  () -> unclear(give.span(), "a value needs a name here", Form.SET));
      case Doing.Call _ -> unclear(give.span(), "a request gets a body or headers", Form.CALL);
      case Doing.Approval _ -> unclear(give.span(), "an approval gets no values", Form.APPROVAL);
      case Doing.Compute _ -> unclear(give.span(), "an expression gets no values", Form.COMPUTE);
    }
  }

  private void unclear(Span span, String why, Form form) {
    findings.unclear(span, why, form);
  }

  private void argument(Doing.Run run, Addition.Give give) {
    Meaning meaning = meanings.given(give.value(), item);
    if (give.value() instanceof Value.SecretOf) {
      unclear(give.span(), "others could see a secret on a command line", Form.SET);
    } else if (!Commands.takesArguments(command.toString())) {
      unclear(give.span(), "write it into `" + run.command() + "` as ${{ … }}", Form.QUOTED);
    } else if (meaning.source().isEmpty() && meaning.node().isContainer()) {
      unclear(give.span(), "a command gets texts and numbers", Form.GIVE);
    } else {
      String word = meaning.node().asString();
      command.append(' ').append(meaning.source().isPresent() ? word : Commands.quote(word));
    }
  }

  /** What a value is called where it has a name of its own. */
  private static Optional<String> name(Value value) {
    return switch (value) {
      case Value.Named v -> Optional.of(v.name().text());
      case Value.ParameterOf v -> Optional.of(v.name().text());
      case Value.OutputOf v -> Optional.of(v.field().orElse(v.step().text()));
      case Value.Literal _, Value.SecretOf _, Value.Expression _ -> Optional.empty();
    };
  }

  private void named(String name, Value value, Span span) {
    add(named, name, meanings.given(value, item).node(), span);
  }

  private void add(List<NamedValue> to, String name, JsonNode value, Span span) {
    if (to.stream().anyMatch(v -> v.name().equals(name))) {
      unclear(span, name + " is given twice", Form.SET);
    }
    to.add(new NamedValue(name, value));
  }

  /** {@code with NAME set to VALUE}. */
  void set(Addition.Set set) {
    JsonNode value = meanings.value(set.value(), item).node();
    switch (doing) {
      case Doing.Run _ -> variable(set, value);
      case Doing.Python _, Doing.Subflow _ -> add(named, set.name().text(), value, set.span());
      case Doing.Call _ -> unclear(set.span(), "a request gets a body or headers", Form.CALL);
      case Doing.Approval _ -> unclear(set.span(), "an approval gets no values", Form.APPROVAL);
      case Doing.Compute _ -> unclear(set.span(), "an expression gets no values", Form.COMPUTE);
    }
  }

  private void variable(Addition.Set set, JsonNode value) {
    if (value.isContainer()) {
      unclear(set.span(), "the environment holds texts and numbers", Form.SET);
    }
    add(env, set.name().text(), JSON.stringNode(value.asString()), set.span());
  }

  void header(Addition.Header header) {
    JsonNode value = meanings.value(header.value(), item).node();
    request(header.span());
    add(headers, header.name(), value, header.span());
  }

  void body(Addition.Body added) {
    request(added.span());
    body = Optional.of(meanings.value(added.value(), item).node());
  }

  void expecting(Addition.Expecting statuses) {
    request(statuses.span());
    expected = statuses.statuses();
  }

  private void request(Span span) {
    if (!(doing instanceof Doing.Call)) {
      unclear(span, "only a request has this", Form.CALL);
    }
  }
}
