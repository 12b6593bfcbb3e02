package dev.mahavishnu.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineOutputTest {
  @Test
  void only_whole_lines_come_out_however_they_were_cut() {
    List<String> lines = new ArrayList<>();
    LineOutput out = new LineOutput(lines::add);
    byte[] bytes = "one\ntwo\nthr\u00e4\u20ac\nrest".getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, 2);
    out.write(bytes, 2, 11);
    out.write(bytes[13]);
    out.write(bytes, 14, bytes.length - 14);
    assertThat(String.join("", lines)).isEqualTo("one\ntwo\nthr\u00e4\u20ac\n");
    assertThat(lines).allSatisfy(line -> assertThat(line).endsWith("\n"));
    out.close();
    assertThat(lines).last().isEqualTo("rest\n");
  }
}
