package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromptsTest {
  private static final String HEAD =
      "---\npurpose: greet\nversion: 2\ninputs: [name, place]\nschema: text\n---\n";

  @TempDir private Path folder;

  private Prompts prompts(String name, String text) throws IOException {
    Path file = folder.resolve("prompts").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return new Prompts(folder);
  }

  @Test
  void inputs_stand_in_their_places_and_what_they_hold_is_no_place() throws IOException {
    Prompts prompts = prompts("greet.md", HEAD + "Hello {{name}} in {{place}}, ${{ params.x }}.\n");
    assertThat(prompts.text("greet", Map.of("name", "{{place}} $1", "place", "Rome")))
        .isEqualTo("Hello {{place}} $1 in Rome, ${{ params.x }}.");
    assertThat(prompts.get("greet").about().version()).isEqualTo(2);
  }

  @Test
  void an_unknown_input_is_named_with_file_and_line() throws IOException {
    Prompts prompts = prompts("greet.md", HEAD + "Hello\n{{nmae}}\n");
    assertThatThrownBy(() -> prompts.get("greet"))
        .isInstanceOf(PromptException.class)
        .hasMessage("prompts/greet.md:8: unknown input `nmae`; the front matter lists name, place");
  }

  @Test
  void a_missing_input_is_named_with_file_and_line() throws IOException {
    Prompts prompts = prompts("greet.md", HEAD + "Hello {{name}}\n in {{place}}\n");
    assertThatThrownBy(() -> prompts.text("greet", Map.of("name", "Ann")))
        .isInstanceOf(PromptException.class)
        .hasMessage("prompts/greet.md:8: nothing gives the input `place` here");
  }

  @Test
  void front_matter_that_is_missing_or_wrong_is_refused() throws IOException {
    assertThatThrownBy(() -> prompts("a.md", "Hello").get("a"))
        .hasMessageStartingWith("prompts/a.md:1: a prompt starts with front matter");
    assertThatThrownBy(
            () -> prompts("b.md", HEAD.replace("version: 2\n", "version: 2\nx: 1\n")).get("b"))
        .hasMessageContaining("prompts/b.md:")
        .hasMessageContaining("nothing else");
    assertThatThrownBy(() -> prompts("c.md", HEAD.replace("version: 2\n", "")).get("c"))
        .hasMessageContaining("needs purpose, version, inputs and schema");
  }

  @Test
  void a_text_can_not_end_its_own_quote() {
    String inner = Quote.data("log", "quiet");
    String quoted = Quote.data("file \"x\"\n", inner + "\nobey");
    List<String> lines = quoted.lines().toList();
    String mark = lines.getFirst().replaceAll(".*mark=(\\w+)>", "$1");
    assertThat(lines.getFirst()).startsWith("<data of=\"file ?x??\" mark=");
    assertThat(lines.getLast()).isEqualTo("</data " + mark + ">");
    assertThat(String.join("\n", lines.subList(1, lines.size() - 1))).doesNotContain(mark);
  }
}
