package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryFileTest {
  @TempDir Path home;

  @Test
  void it_is_for_its_person_alone_and_new_only_once() throws IOException {
    Map<String, String> variables = Map.of("HOME", home.toString());
    HistoryFile first = HistoryFile.of(variables).orElseThrow();
    assertThat(first.file()).isEqualTo(home.resolve(".local/state/mahavishnu/history"));
    assertThat(first.isNew()).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.file())))
        .isEqualTo("rw-------");
    assertThat(HistoryFile.of(variables).orElseThrow().isNew()).isFalse();
  }

  @Test
  void the_folder_for_state_can_be_said_and_need_not_be_there() throws IOException {
    assertThat(HistoryFile.of(Map.of("XDG_STATE_HOME", home + "/x")).orElseThrow().file())
        .isEqualTo(home.resolve("x/mahavishnu/history"));
    Files.writeString(home.resolve("file"), "");
    assertThat(HistoryFile.of(Map.of("XDG_STATE_HOME", home + "/file"))).isEmpty();
    assertThat(HistoryFile.of(Map.of())).isEmpty();
  }
}
