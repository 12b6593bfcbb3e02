package dev.mahavishnu.plan.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The page that documents the English: a row of its tables a form, and the draft that it changes.
 *
 * @param draft YAML of the flow that the examples of the last table change
 */
record Page(List<Row> rows, String draft) {
  private static final Path FILE = Path.of("docs/offline-english.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`.*`) \\| (`.*`) \\|$");
  private static final Pattern CODE = Pattern.compile("``(.+?) ?``(?!`)|`([^`]+)`");
  private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\\n(.*?)```");

  /**
   * A form and its examples.
   *
   * @param change whether the examples change the page's draft
   */
  record Row(String syntax, List<String> examples, boolean change) {}

  static Page read() throws IOException {
    String text = Files.readString(FILE);
    int changes = text.indexOf("## Changes of a draft");
    List<Row> rows =
        ROW.matcher(text)
            .results()
            .map(
                row ->
                    new Row(
                        codes(row.group(1)).getFirst(), codes(row.group(2)), row.start() > changes))
            .toList();
    return new Page(
        rows, BLOCK.matcher(text).results().map(m -> m.group(1)).findFirst().orElseThrow());
  }

  private static List<String> codes(String cell) {
    return Stream.of(cell.split(" <br> ")).flatMap(Page::code).toList();
  }

  private static Stream<String> code(String text) {
    return CODE.matcher(text).results().map(Page::inside);
  }

  private static String inside(MatchResult match) {
    return match.group(1) == null ? match.group(2) : match.group(1);
  }
}
