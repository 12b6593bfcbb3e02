package dev.mahavishnu.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.secret.Redactor;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttemptTest {
  @Test
  void anErrorInTheLibraryIsNoEmptyAnswer() throws InterruptedException {
    StackOverflowError error = new StackOverflowError("too deep");
    Attempt attempt = new Attempt(Provider.OPENAI, new Watch(Progress.UNSEEN), System::nanoTime);

    Attempt.Ending ending =
        attempt.run(
            () -> {
              throw error;
            },
            new Outgoing(new Redactor()),
            ModelSettings.of(Provider.OPENAI, "m", Optional.of("k")),
            () -> ChatRequest.builder().messages(UserMessage.from("hello")).build(),
            Duration.ofSeconds(30));

    assertThat(ending).isEqualTo(Attempt.Ending.DONE);
    assertThat(attempt.error()).contains(error);
  }
}
