package dev.mahavishnu.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.mahavishnu.spec.ExpressionChecker.Checked;
import dev.mahavishnu.spec.ExpressionChecker.Scope;
import dev.mahavishnu.spec.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** {@code docs/expressions.md} is true. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DocumentationTest {
  private static final Path PAGE = Path.of("docs/expressions.md");
  private static final Pattern BLOCK = Pattern.compile("```cel\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAMED =
      Pattern.compile("\\| `(params|tasks)[.\\[\"]+([a-z-]+)[^|]*` \\| ([^|]+) \\| `(.*)` \\|");

  private final Map<String, ValueType> parameterTypes = new HashMap<>();
  private final Map<String, ValueType> outputTypes = new HashMap<>();
  private final Map<String, JsonNode> parameters = new HashMap<>();
  private final Map<String, JsonNode> outputs = new HashMap<>();

  DocumentationTest() throws IOException {
    Matcher named = NAMED.matcher(Files.readString(PAGE));
    while (named.find()) {
      boolean parameter = named.group(1).equals("params");
      String type = named.group(3).replace("\\", "");
      (parameter ? parameterTypes : outputTypes).put(named.group(2), ValueType.of(type));
      (parameter ? parameters : outputs).put(named.group(2), World.JSON.readTree(named.group(4)));
    }
  }

  /** A line of an example. */
  record Example(String expression, String result) {
    @Override
    public String toString() {
      return expression + " gives " + result;
    }
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(PAGE));
    while (block.find()) {
      for (String line : block.group(1).lines().toList()) {
        int comment = line.lastIndexOf(" // ");
        examples.add(new Example(line.substring(0, comment).strip(), line.substring(comment + 4)));
      }
    }
    assertThat(examples).hasSizeGreaterThan(80);
    return examples;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void an_example_gives_what_the_page_says(Example example) {
    if (example.result().startsWith("error: ")) {
      assertThat(refusal(example.expression())).startsWith(example.result().substring(7));
    } else {
      assertThat(value(example.expression())).isEqualTo(World.JSON.readTree(example.result()));
    }
  }

  @Test
  void every_function_has_an_example() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (Example example : examples()) {
      Matcher word = Pattern.compile("([a-zA-Z]+)\\(").matcher(example.expression());
      while (word.find()) {
        shown.add(word.group(1));
      }
    }
    assertThat(shown).containsAll(Library.all().map(Function::name).toList());
  }

  private JsonNode value(String expression) {
    Checked checked = check(expression);
    assertThat(checked.faults()).isEmpty();
    try {
      return new Expressions().evaluate(expression, bindings());
    } catch (ExpressionException e) {
      return fail(e);
    }
  }

  private String refusal(String expression) {
    Checked checked = check(expression);
    if (!checked.faults().isEmpty()) {
      var fault = checked.faults().getFirst();
      return fault.message() + "; " + fault.hint();
    }
    try {
      return "no error but " + new Expressions().evaluate(expression, bindings());
    } catch (ExpressionException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Checked check(String expression) {
    Scope scope = new Scope(parameterTypes, outputTypes, Set.of());
    return new Expressions().open(scope).check(expression, Optional.empty());
  }

  private Bindings bindings() {
    return new World() {
      @Override
      public JsonNode parameter(String name) {
        return parameters.get(name);
      }

      @Override
      public JsonNode output(String taskId) {
        return outputs.get(taskId);
      }
    };
  }
}
