package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.expr.Expressions;
import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.ReadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RelocationTest {
  @TempDir Path here;

  private static Flow flow(String tasks, Path folder) {
    ReadResult read =
        new FlowReader(new Expressions()).read("x", "flow: x\ntasks:\n" + tasks, folder);
    return ((ReadResult.Valid) read).source().flow();
  }

  @Test
  void what_a_task_names_is_named_from_the_new_folder() throws IOException {
    Path flows = Files.createDirectory(here.resolve("flows"));
    Files.createFile(here.resolve("in.csv"));
    Flow before =
        flow(
            """
              - {id: a, type: shell, command: ./a.sh}
              - {id: b, type: shell, command: ./b.sh, working_dir: sub}
              - {id: c, type: shell, command: ./c.sh, working_dir: /abs}
              - {id: d, type: python, script: "result = 1"}
              - {id: e, type: shell, command: ./e.sh, files: [./in.csv]}
              - {id: f, type: compute, value: 1}
            """,
            here);
    Flow after =
        flow(
            """
              - {id: a, type: shell, command: ./a.sh, working_dir: ..}
              - {id: b, type: shell, command: ./b.sh, working_dir: ../sub}
              - {id: c, type: shell, command: ./c.sh, working_dir: /abs}
              - {id: d, type: python, script: "result = 1", working_dir: ..}
              - {id: e, type: shell, command: ./e.sh, files: [../in.csv], working_dir: ..}
              - {id: f, type: compute, value: 1}
            """,
            flows);
    assertThat(Relocation.of(before, here, flows)).isEqualTo(after);
  }

  @Test
  void in_its_own_folder_nothing_changes() {
    Flow flow = flow("  - {id: a, type: shell, command: ./a.sh}\n", here);
    assertThat(Relocation.of(flow, here, here)).isSameAs(flow);
  }
}
