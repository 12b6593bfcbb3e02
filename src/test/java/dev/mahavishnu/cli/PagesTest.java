package dev.mahavishnu.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

final class PagesTest {
  private static Pages printed(String text) throws IOException {
    Pages pages = new Pages(10, 3);
    try (pages) {
      pages.write(text.getBytes(UTF_8));
    }
    return pages;
  }

  @Test
  void what_fits_on_the_screen_is_kept_in_memory() throws IOException {
    for (String text : new String[] {"", "1\n2\n3\n", "0123456789\n2\n3", "é漢é漢é漢é漢é漢\n2\n3\n"}) {
      Pages pages = printed(text);
      assertThat(pages.isLong()).as(text).isFalse();
      assertThat(new String(pages.screenful(), UTF_8)).isEqualTo(text);
    }
  }

  @Test
  void colours_take_no_room() throws IOException {
    assertThat(printed("\u001b[38;5;130m0123456789\u001b[0m\n2\n3\n").isLong()).isFalse();
  }

  @Test
  void what_is_longer_is_in_a_file_for_the_person_alone() throws IOException {
    for (String text : new String[] {"1\n2\n3\n4\n", "01234567890\n2\n3\n", "x\n".repeat(9999)}) {
      Pages pages = printed(text);
      assertThat(pages.isLong()).as(text).isTrue();
      assertThat(Files.readString(pages.file())).isEqualTo(text);
      assertThat(Files.getPosixFilePermissions(pages.file())).hasSize(2);
      Files.delete(pages.file());
    }
  }
}
