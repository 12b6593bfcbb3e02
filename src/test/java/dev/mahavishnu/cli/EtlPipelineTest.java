package dev.mahavishnu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example that comes with the program. */
final class EtlPipelineTest {
  @TempDir Path folder;

  private static List<String> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("config"))) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private static JsonNode result(CommandLineOf.Result result) {
    return new JsonMapper().readTree(result.lines().getLast());
  }

  @Test
  void it_runs_from_a_checkout_that_it_does_not_write_to_and_then_from_its_cache()
      throws IOException {
    CommandLineOf commands = new CommandLineOf(folder);
    String[] line = {"workflow", "trigger", "--name", "etl_pipeline", "--output", "json"};
    List<String> before = shipped();

    JsonNode first = result(commands.run(line));
    JsonNode second = result(commands.run(line));

    assertThat(first.path("state").asString()).isEqualTo("COMPLETED");
    assertThat(first.path("outputs").path("headline").asString())
        .isEqualTo("2014 was the wettest of 4 years: 1232.8 mm of rain");
    assertThat(Path.of(first.path("outputs").path("table").asString()))
        .startsWith(folder.toRealPath())
        .content()
        .startsWith("year,days,rain_mm,wet_days,high_c,high_day,low_c,low_day\n2012,366,1226.0,");
    assertThat(second.path("tasks").path("cached").asInt()).isEqualTo(9);
    assertThat(second.path("outputs").path("headline"))
        .isEqualTo(first.path("outputs").path("headline"));
    assertThat(shipped()).isEqualTo(before);
  }

  @Test
  void its_parameters_choose_the_years_and_where_the_table_goes() throws IOException {
    Path out = folder.resolve("a folder");

    JsonNode result =
        result(
            new CommandLineOf(folder)
                .run(
                    "workflow",
                    "trigger",
                    "etl_pipeline",
                    "--output",
                    "json",
                    "--param",
                    "years=[2015]",
                    "--param",
                    "out=" + out));

    assertThat(result.path("state").asString()).isEqualTo("COMPLETED");
    assertThat(Files.readAllLines(out.resolve("weather_by_year.csv")))
        .containsExactly(
            "year,days,rain_mm,wet_days,high_c,high_day,low_c,low_day",
            "2015,365,1139.2,144,35.0,2015-07-19,-3.8,2015-11-30");
  }

  @Test
  void a_year_that_is_not_in_the_data_fails_with_its_reason() {
    CommandLineOf.Result result =
        new CommandLineOf(folder)
            .run("workflow", "trigger", "etl_pipeline", "--param", "years=[1999]");

    assertThat(result.out()).contains("no day of 1999 in the data");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED);
  }
}
