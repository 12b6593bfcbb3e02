package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.mcp.Permission;
import dev.mahavishnu.mcp.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@code docs/mcp.md} to the tools. */
final class McpPageTest {
  @TempDir Path folder;

  private List<Tool> tools() {
    Workbench bench =
        new Workbench(
            new CommandLineOf(folder)
                .env(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
    McpCommands commands = new McpCommands(bench);
    return new McpTools(
            bench,
            commands,
            new McpLogs(bench),
            new McpEvidence(bench, new KnownSecrets(bench)),
            new McpDriving(bench, commands, new McpRuns(bench, commands)))
        .all();
  }

  @Test
  void the_page_names_every_tool_with_what_allows_it_and_no_other() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("docs/mcp.md")).stream()
            .filter(line -> line.startsWith("| `") && !line.contains("://"))
            .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1)).strip())
            .toList();

    assertThat(rows)
        .containsExactlyElementsOf(
            tools().stream()
                .map(
                    tool ->
                        "| `"
                            + tool.name()
                            + "` |"
                            + tool.permission().map(p -> " `" + p.word() + "`").orElse(""))
                .toList());
  }

  @Test
  void every_permission_can_be_given_and_has_a_tool_that_needs_it() {
    List<String> needed =
        tools().stream()
            .flatMap(tool -> tool.permission().stream())
            .map(Permission::word)
            .distinct()
            .toList();

    assertThat(McpPermissions.checked(needed)).containsExactlyInAnyOrderElementsOf(needed);
    assertThat(needed)
        .containsExactlyInAnyOrder(
            "save", "trigger", "resume", "retry", "pause", "cancel", "debug", "approve", "deny");
  }
}
