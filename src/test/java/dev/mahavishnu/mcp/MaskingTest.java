package dev.mahavishnu.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class MaskingTest {
  private static ObjectNode masked(ObjectNode node) {
    return new Masking(text -> text.replace("s3cret", "***")).of(node);
  }

  private static ObjectNode read(String json) {
    return (ObjectNode) new JsonMapper().readTree(json);
  }

  @Test
  void every_text_is_masked_and_all_else_stays_as_it_is() {
    assertThat(masked(read("{\"a\":[{\"b\":\"a s3cret\"},1,null,true,2.5],\"c\":{}}")))
        .isEqualTo(read("{\"a\":[{\"b\":\"a ***\"},1,null,true,2.5],\"c\":{}}"));
  }

  @Test
  void what_is_too_much_is_cut_and_says_so() {
    ObjectNode node = read("{\"text\":\"" + "x".repeat(30_000) + "\"}");
    ArrayNode list = node.putArray("list");
    IntStream.range(0, 100_000).forEach(i -> list.addObject().put("task", "t" + i));
    ObjectNode masked = masked(node);

    assertThat(masked.path("text").asString()).endsWith("x… (10000 more characters)");
    assertThat(masked.path("list").size()).isBetween(1_000, 99_999);
    int shown = masked.path("list").size() - 1;
    assertThat(masked.path("list").get(shown).asString())
        .isEqualTo("… and " + (100_000 - shown) + " more");
    assertThat(masked.toString().length()).isLessThan(2 * Masking.MOST);
  }
}
