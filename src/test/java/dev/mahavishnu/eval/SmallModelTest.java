package dev.mahavishnu.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SmallModelTest {
  @Test
  void it_answers_and_ends_when_nobody_holds_its_input_any_more() throws Exception {
    try (SmallModel model = SmallModel.start();
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(java.net.URI.create(model.url() + "/chat/completions"))
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          """
                          {"model": "small", "max_tokens": 8,
                           "messages": [{"role": "user", "content": "hi"}]}\
                          """))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).contains("\"completion_tokens\":");

      model.process().getOutputStream().close();
      assertThat(model.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
