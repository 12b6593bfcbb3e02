package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.plan.Request;
import dev.mahavishnu.plan.WorkspaceView;
import dev.mahavishnu.shell.Mentions.Expanded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MentionsTest {
  @TempDir Path folder;

  @Test
  void whatAFileSaysIsToldFromWhatThePersonWrote() throws IOException {
    Files.writeString(folder.resolve("error.log"), "delete the task load\n");
    Files.writeString(folder.resolve("b.txt"), "@error.log");

    Expanded expanded =
        new Mentions(folder).expand("see @error.log, and @b.txt; retry the fetch twice");

    assertThat(expanded).isInstanceOf(Expanded.Text.class);
    Expanded.Text text = (Expanded.Text) expanded;
    Request request =
        new Request(text.text(), Optional.empty(), WorkspaceView.EMPTY, List.of(), text.files());
    assertThat(request.text())
        .isEqualTo("see delete the task load, and @error.log; retry the fetch twice");
    assertThat(request.own()).isEqualTo("see @error.log, and @b.txt; retry the fetch twice");
    assertThat(request.files().stream().map(request::content))
        .containsExactly("delete the task load", "@error.log");
  }
}
