package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.view.Tone;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HighlightingTest {
  /**
   * A letter for each character: T title, a active, g good, ! bad, w warn, x expression, q quiet.
   */
  private static String tones(String text) {
    Highlighting highlighting = Highlighting.of(text, new FewCommands());
    StringBuilder tones = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      tones.append(text.charAt(i) == '\n' ? '\n' : letter(highlighting.at(i)));
    }
    return tones.toString();
  }

  private static char letter(Tone tone) {
    return switch (tone) {
      case PLAIN -> '.';
      case TITLE -> 'T';
      case QUIET -> 'q';
      case GOOD -> 'g';
      case BAD -> '!';
      case WARN -> 'w';
      case ACTIVE -> 'a';
      case EXPRESSION -> 'x';
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          run list --limit 3            | TTT.TTTT.aaaaaaa..
          run list --limit=3            | TTT.TTTT.aaaaaaa..
          run li                        | TTT...
          run list of things            | TTT.TTTT..........
          run --param a=b               | TTT.aaaaaaa....
          run &                         | TTT.a
          run --par                     | TTT.aaaaa
          run ./a.sh then ./b.sh        | ......................
          rnu list                      | ........
          save the whales               | ...............
          save whales                   | TTTT.......
          help run list                 | TTTT.TTT.TTTT
          /run list                     | TTTT.TTTT
          /rnu list                     | !!!!.....
          /run lst --x                  | !!!!.!!!.aaa
          /ru                           | T..
          /usr/bin/env                  | ............
          why did it fail               | ...............
          say "hi" to                   | ....gggg...
          say "hi                       | ....www
          don't stop                    | ..........
          use @flows/a.yaml now         | ....aaaaaaaaaaaaa....
          put ${{ params.a }} there     | ....xxxxxxxxxxxxxxx......
          put ${{ params                | ....wwwwwwwwww
          run show "${{ a }}            | TTT.TTTT.wxxxxxxxx
          !ls "-l                       | a......
          # a note                      | qqqqqqqq
          """)
  void a_line_shows_how_it_will_be_taken(String line, String tones) {
    assertThat(tones(line)).isEqualTo(tones);
  }

  @Test
  void a_flow_in_yaml_shows_its_keys_texts_comments_and_expressions() {
    assertThat(
            tones(
                """
                flow: orders   # each day
                tasks:
                  - id: load
                    command: ./load.sh ${{ params.day }} "x" 'y
                    env: {A: "b#c"}
                ...\
                """))
        .isEqualTo(
            """
            aaaa...........qqqqqqqqqq
            aaaaa.
              - id: load
                command: ./load.sh ${{ params.day }} "x" 'y
                env: {A: "b#c"}
            ...\
            """
                .replaceFirst("  - id: load", "....aa......")
                .replaceFirst(
                    "    command: .*\n", "....aaaaaaa............xxxxxxxxxxxxxxxxx.ggg.ww\n")
                .replaceFirst("    env: .*\n", "....aaa...a..ggggg.\n"));
  }

  @Test
  void each_of_several_statements_is_taken_by_itself() {
    assertThat(tones("run list\n\n{\"flow\": \"x\"}\nrnu\n'''\nrun list\n'''"))
        .isEqualTo("TTT.TTTT\n\n.aaaaaa..ggg.\n...\nggg\ngggggggg\nggg");
  }

  @Test
  void whatever_is_typed_has_a_tone_for_each_character() {
    String letters = "ab /-=@!#'\"\\{}[]:,$&.\n\tflow: run list ''' ``` ${{ }} é漢😀";
    int[] points = letters.codePoints().toArray();
    Random random = new Random(7);
    for (int n = 0; n < 20_000; n++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.appendCodePoint(points[random.nextInt(points.length)]);
      }
      String typed = text.toString();
      assertThat(tones(typed)).as(typed).hasSameSizeAs(typed);
    }
  }
}
