package dev.mahavishnu.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.spec.Diff;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.ReadResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class DiffViewTest {
  private static final Palette PLAIN = new Palette(false, true);

  private static final String BEFORE =
      """
      flow: etl
      timeout: 5m
      tasks:
        - {id: extract, type: shell, command: ./extract.sh}
        - id: load
          type: shell
          command: |
            ./one
            ./two
            ./three
          retries: 3
          depends_on: [extract]
        - {id: check, type: compute, value: 1}
      """;

  private static Flow flow(String text) {
    ReadResult result = new FlowReader(new Expressions()).read("f.yaml", text, Path.of("/"));
    assertThat(result).isInstanceOf(ReadResult.Valid.class);
    return ((ReadResult.Valid) result).source().flow();
  }

  private static String diff(Palette palette, String before, String after) {
    return String.join("\n", DiffView.lines(Diff.between(flow(before), flow(after)), palette, 80));
  }

  @Test
  void a_difference_shows_what_goes_and_what_comes() {
    String after =
        """
        flow: etl
        timeout: 10m
        tasks:
          - {id: extract, type: shell, command: ./extract.sh, timeout: 1m}
          - id: load
            type: shell
            command: |
              ./one
              ./2
              ./three
            retries: 5
            depends_on: [extract]
          - {id: notify, type: shell, command: ./notify.sh, depends_on: [load]}
        """;

    assertThat(diff(PLAIN, BEFORE, after))
        .isEqualTo(
            """
            - timeout: 5m
            + timeout: 10m
            ~ task extract
            +   timeout: 1m
            ~ task load
                command:
                  ./one
            -     ./two
            +     ./2
                  ./three
            -   retries: 3
            +   retries: 5
            + task notify
            +   type: shell
            +   command: ./notify.sh
            +   depends_on: [load]
            - task check
            -   type: compute
            -   value: 1\
            """);
  }

  @Test
  void equal_flows_have_no_difference() {
    assertThat(diff(PLAIN, BEFORE, BEFORE)).isEmpty();
  }

  @Test
  void what_goes_is_red_and_what_comes_is_green() {
    assertThat(diff(new Palette(true, true), BEFORE, BEFORE.replace("5m", "6m")))
        .isEqualTo("\u001b[31m- timeout: 5m\u001b[0m\n\u001b[32m+ timeout: 6m\u001b[0m");
  }

  @Test
  void a_new_flow_comes_whole() {
    assertThat(
            DiffView.added(flow("flow: f\ntasks: [{id: a, type: compute, value: 1}]"), PLAIN, 80))
        .startsWith("+ flow: f", "+ tasks:")
        .allMatch(line -> line.startsWith("+ "));
  }
}
