package dev.mahavishnu.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without CEL's parser is read as with it. */
final class ShortcutTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "params.day",
        " params.day ",
        "\n  tasks.extract.output\n",
        "tasks.extract.output.rows.deeper.still",
        "tasks.extract.state",
        "item",
        "index",
        "item.name",
        "secrets.TOKEN",
        "run.started",
        "params._a1",
        "params.size",
        // Wrong, and wrong in the same way.
        "params",
        "tasks",
        "tasks.extract",
        "tasks.extract.rows",
        "run",
        "run.nope",
        "day",
        "params.day.lower",
        "None",
        "item.items.all"
      })
  void a_chain_of_names_gives_the_same_either_way(String expression) {
    Names names = new Names(_ -> "");
    assertThat(Shortcut.read(expression, names).map(names::parsed))
        .hasValue(Grammar.read(expression, new Names(_ -> "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "a.",
        ".a",
        "a..b",
        "1",
        "a b",
        "a.1",
        "true",
        "false",
        "null",
        "in",
        "for",
        "params.in",
        "params.true",
        "params.for",
        "a.b()",
        "a[0]",
        "a.?b",
        "a. b",
        "a .b",
        "a // comment",
        "params.`day`",
        "params.größe",
        "ａ",
        "a\tb",
        "a\u00a0",
        "a.b.c.d.e?",
        "-a"
      })
  void everything_else_is_left_to_the_parser(String expression) {
    Names names = new Names(_ -> "");
    assertThat(Shortcut.read(expression, names)).isEmpty();
    // Nothing was noted on the way.
    assertThat(names.parsed(names.name("item", 0))).isInstanceOf(Parsed.Good.class);
  }

  @Test
  void random_texts_that_it_reads_are_read_the_same_by_the_parser() {
    String[] pieces = {
      "params", "tasks", "run", "item", ".", ".", ".", "day", "output", "x", "_", "9", " ", "\n",
      "in", "true", "loop", "?", "id"
    };
    int read = 0;
    for (int seed = 0; seed < 30_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(7); i >= 0; i--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      Names names = new Names(_ -> "");
      var part = Shortcut.read(text.toString(), names);
      if (part.isPresent()) {
        read++;
        assertThat(names.parsed(part.get()))
            .as("%s", text)
            .isEqualTo(Grammar.read(text.toString(), new Names(_ -> "")));
      }
    }
    assertThat(read).isGreaterThan(1_000);
  }
}
