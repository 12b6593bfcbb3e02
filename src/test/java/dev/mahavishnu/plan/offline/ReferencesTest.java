package dev.mahavishnu.plan.offline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReferencesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          tasks.a.output > 1                  | tasks.b.output > 1
          tasks . a.output                    | tasks . b.output
          tasks["a"].output + tasks['a'].x    | tasks["b"].output + tasks['b'].x
          tasks.`a`.output                    | tasks.`b`.output
          tasks.ab.output + params.a          | tasks.ab.output + params.a
          "tasks.a" + 'tasks.a' + tasks.a.x   | "tasks.a" + 'tasks.a' + tasks.b.x
          r"\\" + tasks.a.x                   | r"\\" + tasks.b.x
          "\\"tasks.a" + tasks.a.x            | "\\"tasks.a" + tasks.b.x
          x.tasks.a + mytasks.a               | x.tasks.a + mytasks.a
          [tasks.a.output, -tasks.a.x]        | [tasks.b.output, -tasks.b.x]
          tasks.a.output // tasks.a           | tasks.b.output // tasks.a
          """)
  void a_name_is_changed_where_it_is_one_and_nowhere_else(String before, String after) {
    assertThat(References.renamed(before, "tasks", "a", "b")).isEqualTo(after);
  }

  @Test
  void a_name_that_is_no_identifier_gets_brackets() {
    assertThat(References.renamed("tasks.a.output", "tasks", "a", "b-c"))
        .isEqualTo("tasks[\"b-c\"].output");
    assertThat(References.to("tasks", "b-c")).isEqualTo("tasks[\"b-c\"]");
  }

  @Test
  void only_what_stands_between_braces_of_a_template_is_an_expression() {
    String template = "tasks.a ${{ tasks.a.x }} $${{ tasks.a }} ${{ 'tasks.a' }}";
    assertThat(References.inTemplate(template, "tasks")).containsExactly("a");
    assertThat(References.renamedInTemplate(template, "tasks", "a", "b"))
        .isEqualTo("tasks.a ${{ tasks.b.x }} $${{ tasks.a }} ${{ 'tasks.a' }}");
  }
}
