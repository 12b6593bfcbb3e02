package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionFolderTest {
  @TempDir Path root;

  private TestPlace place() {
    return new TestPlace(root);
  }

  private static Session session(TestPlace place) {
    return new Session(
        place,
        line -> {
          throw new AssertionError(line);
        });
  }

  private Draft draft(String name) {
    return new Draft(
        TestPlace.flow(name, "a", "b"),
        root.resolve("a b\u00e4\nc"),
        Optional.of(new Draft.Saved(root.resolve("f.yaml"), "0123")));
  }

  @Test
  void a_draft_comes_back_as_it_was_with_all_that_it_was_before() {
    try (Session first = session(place())) {
      first.drafts().change(draft("one"));
      first.drafts().change(draft("two"));
    }
    try (Session second = session(place())) {
      assertThat(second.greeting()).hasValueSatisfying(line -> assertThat(line).contains(" two "));
      assertThat(second.drafts().now()).contains(draft("two"));
      assertThat(second.drafts().undo()).isTrue();
      assertThat(second.drafts().now()).contains(draft("one"));
    }
    try (Session third = session(place())) {
      assertThat(third.drafts().now()).contains(draft("one"));
      third.drafts().discard();
    }
    try (Session fourth = session(place())) {
      assertThat(fourth.greeting()).isEmpty();
      assertThat(fourth.drafts().undo()).as("what was put away before leaving is gone").isFalse();
    }
  }

  @Test
  void two_shells_at_a_time_have_a_draft_each() {
    try (Session first = session(place());
        Session second = session(place())) {
      first.drafts().change(draft("one"));
      second.drafts().change(draft("two"));
      assertThat(first.drafts().now()).contains(draft("one"));
      assertThat(second.drafts().now()).contains(draft("two"));
      assertThat(root.resolve("session/1")).isDirectory();
      assertThat(root.resolve("session/2")).isDirectory();
    }
  }

  @Test
  void nothing_is_made_before_there_is_a_draft() {
    try (Session session = session(place())) {
      assertThat(session.drafts().now()).isEmpty();
      assertThat(root).isEmptyDirectory();
    }
  }

  @Test
  void a_draft_that_cannot_be_kept_lives_as_long_as_the_shell() throws IOException {
    Files.writeString(root.resolve("session"), "a file where a folder should be");
    StringBuilder warnings = new StringBuilder();
    try (Session session = new Session(place(), warnings::append)) {
      session.drafts().change(draft("one"));
      session.drafts().change(draft("two"));
      assertThat(session.drafts().undo()).isTrue();
      assertThat(session.drafts().now()).contains(draft("one"));
    }
    assertThat(warnings).containsOnlyOnce("the draft is not kept on disk");
  }

  @Test
  void a_version_that_cannot_be_read_any_more_is_no_draft_and_can_be_taken_back()
      throws IOException {
    try (Session first = session(place())) {
      first.drafts().change(draft("one"));
      first.drafts().change(draft("two"));
    }
    Files.writeString(root.resolve("session/1/draft-0001.yaml"), "flow: [torn");
    try (Session second = session(place())) {
      assertThat(second.drafts().now()).isEmpty();
      assertThat(second.drafts().last().isNone()).isFalse();
      assertThat(second.drafts().undo()).isTrue();
      assertThat(second.drafts().now()).contains(draft("one"));
    }
  }
}
