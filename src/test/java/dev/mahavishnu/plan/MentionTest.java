package dev.mahavishnu.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MentionTest {
  @Test
  void files_are_found_with_their_places() {
    String text = "like @flows/x.yaml, but with (@~/y.yaml) and @\"my flow.yaml\".";
    assertThat(Mention.in(text))
        .containsExactly(
            new Mention("flows/x.yaml", 5, 18),
            new Mention("~/y.yaml", 30, 39),
            new Mention("my flow.yaml", 45, 60));
    assertThat(Mention.in(text))
        .allSatisfy(m -> assertThat(text.substring(m.start(), m.end())).contains(m.path()));
  }

  @Test
  void an_address_or_a_lone_sign_is_no_mention() {
    assertThat(Mention.in("mail me@example.org @ noon, git@host:x, a@b")).isEmpty();
    assertThat(Mention.in("")).isEmpty();
  }

  @Test
  void the_mark_that_ends_a_sentence_is_not_part_of_the_path() {
    assertThat(Mention.in("see @a/b.yaml. @c?"))
        .extracting(Mention::path)
        .containsExactly("a/b.yaml", "c");
  }
}
