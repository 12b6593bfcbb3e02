package dev.mahavishnu.shell;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A word of the script language. What stands after it decides whether it is one, since sentences
 * begin with such words too: see {@link ScriptLine}.
 */
enum Keyword {
  LET("set a variable: `let day = 2026-11-22`, used as $day; `let` lists them"),
  EXPECT("fail unless something is so: `expect run.state == \"COMPLETED\"`"),
  IF("do what follows only if something is so, up to `end`: `if exit_code != 0`"),
  ELSE("what is done otherwise; `else if` asks again"),
  END("ends an `if`"),
  TRY("do something that may fail, and go on: `try workflow trigger etl`"),
  ALIAS("a word for a statement: `alias l = run list`; `alias` lists them"),
  UNALIAS("forget an alias: `unalias l`");

  private final String description;

  Keyword(String description) {
    this.description = description;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }

  static Optional<Keyword> of(String word) {
    return Arrays.stream(values()).filter(k -> k.text().equals(word)).findFirst();
  }
}
