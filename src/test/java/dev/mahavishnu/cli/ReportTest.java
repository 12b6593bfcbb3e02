package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.prefect.Browser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code report}: the page about a run. */
final class ReportTest {
  private static final String SCRIPT = "<script>document.title=\"taken over\"</script>";
  private static final String HOSTILE =
      """
      flow: hostile
      parameters:
        - {name: note, type: string, default: '<script>document.title="taken over"</script>'}
      tasks:
        - id: says
          type: shell
          env: [{name: NOTE, value: "${{ params.note }}"}]
          command: |
            echo "$NOTE"
            printf '\\033[31mred\\033[0m \\033]0;title\\007 \\342\\200\\256turned\\n'
            echo "<img src=x onerror='document.title=1'>" >&2
            echo "$NOTE"
        - id: fails
          type: shell
          command: 'echo "</pre></details><b>&amp;" >&2; exit 3'
          retries: 1
          retry_delay: 20ms
          depends_on: [says]
        - {id: late, type: compute, value: 1, depends_on: [fails]}
      """;

  @TempDir Path folder;
  private CommandLineOf commands;

  @BeforeEach
  void commands() throws IOException {
    Files.createDirectories(folder.resolve("flows"));
    commands = new CommandLineOf(folder).with("MAHAVISHNU_HOME", folder.resolve("none").toString());
  }

  private String write(String flow, String name) throws IOException {
    Files.writeString(folder.resolve("flows/" + name + ".yaml"), flow);
    commands.run("workflow", "trigger", name);
    String file = commands.run("report", "last").out().strip();
    assertThat(file).matches("report-\\d{6}-\\d{6}-[a-z2-7]{4}\\.html");
    return Files.readString(folder.resolve(file));
  }

  private static Path pictures() throws IOException {
    return Files.createDirectories(Path.of("target/pictures"));
  }

  private static long count(BufferedImage picture, int rgb) {
    return IntStream.range(0, picture.getWidth() * picture.getHeight())
        .filter(
            i -> (picture.getRGB(i % picture.getWidth(), i / picture.getWidth()) & 0xffffff) == rgb)
        .count();
  }

  @Test
  void whatever_a_task_prints_is_text_on_the_page_and_nothing_else() throws Exception {
    String html = write(HOSTILE, "hostile");
    Path file = Files.writeString(folder.resolve("page.html"), html);

    assertThat(html)
        .contains("&lt;script&gt;document.title=&quot;taken over&quot;&lt;/script&gt;")
        .contains("&lt;/pre&gt;&lt;/details&gt;&lt;b&gt;&amp;amp;")
        .contains("red  turned")
        .doesNotContain("<script", "<img", SCRIPT)
        .doesNotContain("\u001b", "\u0007", "\u202e");
    // Nothing is fetched: the only address is the name of SVG, the only reference the tip of a
    // line.
    assertThat(Pattern.compile("https?://[^\"]*").matcher(html).results().map(m -> m.group()))
        .allMatch("http://www.w3.org/2000/svg"::equals);
    assertThat(html)
        .doesNotContainPattern("<[^>]*\\s(src|srcset|data|action)=")
        .doesNotContain("@import", "url(h");

    Browser.Page page = Browser.open(file.toUri(), pictures(), "report-hostile");
    assertThat(page.text())
        .containsPattern("<title>hostile \\d{6}-\\d{6}-[a-z2-7]{4}: Failed</title>")
        .contains("exited with 3");
    assertThat(page.text().split("class=\"bar bad\"", -1)).hasSize(3);
    assertThat(page.text().split("class=\"node ", -1)).hasSize(4);
    // The marks of a box and the bars have the colours of their states.
    assertThat(count(page.picture(), 0x1a7f37)).as("green").isGreaterThan(200);
    assertThat(count(page.picture(), 0xcf222e)).as("red").isGreaterThan(200);
    assertThat(count(page.picture(), 0xffffff)).as("ground").isGreaterThan(500_000);
  }

  @Test
  void ten_thousand_items_make_a_small_page() throws Exception {
    String items =
        IntStream.range(0, 10_000).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    String html =
        write(
            "flow: big\n"
                + "tasks:\n"
                + "  - {id: all, type: compute, value: '${{ 1 / (item - 7777) }}', map: ["
                + items
                + "]}\n",
            "big");

    assertThat(html.length()).isLessThan(60_000);
    assertThat(html)
        .contains("10,000 items: 9,999 completed, 1 failed", "all[7777]", "division by zero");
    Browser.Page page =
        Browser.open(
            Files.writeString(folder.resolve("page.html"), html).toUri(), pictures(), "report-big");
    assertThat(page.text()).contains("class=\"bar map bad\"");
    assertThat(count(page.picture(), 0xffffff)).isGreaterThan(500_000);
  }

  @Test
  void the_page_goes_where_it_is_said_and_programs_are_told_where() throws IOException {
    Files.writeString(
        folder.resolve("flows/f.yaml"),
        "flow: f\ntasks:\n  - {id: a, type: compute, value: [1, 2]}\n");
    commands.run("workflow", "trigger", "f");

    JsonNode json =
        new JsonMapper()
            .readTree(
                commands.run("run", "report", "last", "-o", "r.html", "--output", "json").out());

    assertThat(json.path("type").asString()).isEqualTo("report");
    assertThat(Path.of(json.path("file").asString())).isEqualTo(folder.resolve("r.html"));
    assertThat(Files.size(folder.resolve("r.html"))).isEqualTo(json.path("bytes").asLong());
    assertThat(folder.resolve("r.html"))
        .content()
        .contains("<h2>Outputs</h2>", "<pre>[1,2]</pre>", "prefers-color-scheme: dark");
    assertThat(commands.run("report", "nope").err()).startsWith("mahavishnu: no run `nope`");
  }
}
