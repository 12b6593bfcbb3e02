package dev.mahavishnu.store;

import static dev.mahavishnu.store.Samples.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mahavishnu.run.RunEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

final class EventCodecTest {

  @Test
  void every_event_comes_back_as_it_was_written() {
    RandomEvents random = new RandomEvents(1);
    Set<Class<?>> kinds = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      RunEvent event = random.event();
      JsonOut out = new JsonOut(16);
      EventCodec.write(out, i, event, "");
      EventCodec.Decoded decoded = EventCodec.read(out.array(), 0, out.size());
      assertThat(decoded.event()).isEqualTo(event);
      assertThat(Micros.of(decoded.at())).isEqualTo(i);
      kinds.add(event.getClass());
    }
    assertThat(kinds).hasSize(RunEvent.class.getPermittedSubclasses().length);
  }

  @Test
  void what_is_written_is_json_that_others_read_too() {
    RandomEvents random = new RandomEvents(2);
    var mapper = new tools.jackson.databind.ObjectMapper();
    for (int i = 0; i < 500; i++) {
      JsonNode value = random.value(4);
      String text = new JsonOut(16).value(value).text();
      assertThat(mapper.readTree(text).toString())
          .isEqualTo(mapper.readTree(value.toString()).toString());
    }
  }

  @Test
  void half_a_character_is_replaced_in_a_message_and_refused_in_a_value() {
    RunEvent event = new RunEvent.Opened(1, "cut \ud83c");
    JsonOut out = new JsonOut(16);
    EventCodec.write(out, 1, event, "");
    assertThat(EventCodec.read(out.array(), 0, out.size()).event())
        .isEqualTo(new RunEvent.Opened(1, "cut \ufffd"));
    assertThatThrownBy(() -> Canonical.bytes(JsonNodeFactory.instance.stringNode("\udfb8 cut")))
        .hasMessage("the value holds a text with half a character in it");
  }

  @Test
  void equal_values_have_equal_canonical_bytes_whatever_the_order_of_names() {
    assertThat(Canonical.bytes(json("{\"b\":[1,{\"d\":1,\"c\":2}],\"a\":null}")))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("{\"a\":null,\"b\":[1,{\"c\":2,\"d\":1}]}");
    assertThat(Canonical.hash(json("{\"a\":1,\"b\":2}")))
        .isEqualTo(Canonical.hash(json("{\"b\":2,\"a\":1}")))
        .isNotEqualTo(Canonical.hash(json("{\"b\":1,\"a\":2}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0.0",
        "1e400",
        "-1e-400",
        "0.1",
        "123456789.123456789123456789",
        "9007199254740993",
        "9223372036854775808",
        "1.0",
        "1E+2"
      })
  void a_number_keeps_its_value_and_its_precision(String text) {
    JsonNode read = json(text);
    JsonNode again = json(new JsonOut(16).value(read).text());
    assertThat(again).isEqualTo(read);
    assertThat(again.decimalValue()).isEqualByComparingTo(new java.math.BigDecimal(text));
  }

  @Test
  void what_json_can_not_say_is_refused_with_a_reason() {
    assertThatThrownBy(() -> Canonical.bytes(JsonNodeFactory.instance.numberNode(Double.NaN)))
        .hasMessage("NaN is not a JSON value");
    String deep = "[".repeat(401) + "]".repeat(401);
    assertThatThrownBy(() -> Canonical.bytes(json(deep)))
        .hasMessage("the value is nested deeper than 400 levels");
    assertThatThrownBy(
            () ->
                EventCodec.read(
                    "{\"at\":1,\"e\":\"sung\"}".getBytes(StandardCharsets.UTF_8), 0, 19))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("unknown event `sung`");
  }
}
