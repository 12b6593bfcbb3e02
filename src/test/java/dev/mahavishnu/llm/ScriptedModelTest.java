package dev.mahavishnu.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of the whole-program tests does what they take for granted. */
final class ScriptedModelTest {
  @TempDir Path folder;

  private static HttpResponse<String> ask(ScriptedModel model, String said, boolean stream)
      throws IOException, InterruptedException {
    String body =
        "{\"stream\": %s, \"messages\": [{\"role\": \"system\", \"content\": \"s\"}, {\"role\": \"user\", \"content\": \"%s\"}]}"
            .formatted(stream, said);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(model.baseUrl() + "/chat/completions"))
            .header("Authorization", "Bearer k")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void a_rule_answers_once_and_what_no_rule_is_for_is_an_error()
      throws IOException, InterruptedException {
    Path wire = folder.resolve("wire");
    try (ScriptedModel model = ScriptedModel.start(wire)) {
      model.whenSaid("second", ScriptedReply.text("2")).whenSaid("first", ScriptedReply.text("1"));

      assertThat(ask(model, "the first", false).body()).contains("\"content\":\"1\"");
      assertThat(ask(model, "the first", false).statusCode()).isEqualTo(500);
      assertThat(ask(model, "the second", false).body()).contains("\"content\":\"2\"");
      assertThat(model.left()).isZero();
      assertThat(model.asked()).extracting(Asked::lastUser).contains("the first", "the second");
      assertThat(model.asked().getFirst().authorization()).isEqualTo("Bearer k");
      assertThat(Files.readAllLines(wire)).hasSize(3).first().asString().contains("the first");
    }
  }

  @Test
  void a_stream_has_its_end_mark_unless_it_is_cut() throws IOException, InterruptedException {
    try (ScriptedModel model = ScriptedModel.start(folder.resolve("wire"))) {
      model.then("a text of more than sixteen characters");
      model.then(ScriptedReply.text("a text of more than sixteen characters").cutAfter(20));

      String whole = ask(model, "x", true).body();
      String cut = ask(model, "x", true).body();

      assertThat(whole).contains("\"finish_reason\":\"stop\"", "\"prompt_tokens\"", "[DONE]");
      assertThat(content(whole)).isEqualTo("a text of more than sixteen characters");
      assertThat(cut).doesNotContain("stop").doesNotContain("[DONE]");
      assertThat(content(cut)).isEqualTo("a text of more than ".substring(0, 20));
    }
  }

  private static String content(String stream) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> new tools.jackson.databind.json.JsonMapper().readTree(line.substring(6)))
        .map(event -> event.at("/choices/0/delta/content").asString(""))
        .collect(Collectors.joining());
  }

  @Test
  void a_wrong_key_is_refused() throws IOException, InterruptedException {
    try (ScriptedModel model = ScriptedModel.start(folder.resolve("wire")).requiring("right")) {
      HttpResponse<String> answer = ask(model, "x", true);

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).contains("Incorrect API key provided");
    }
  }
}
