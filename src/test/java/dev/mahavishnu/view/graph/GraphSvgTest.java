package dev.mahavishnu.view.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class GraphSvgTest {
  private static Document read(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> all(Document document, String tag, String kind) {
    NodeList found = document.getElementsByTagName(tag);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> (Element) found.item(i))
        .filter(e -> e.getAttribute("class").startsWith(kind))
        .toList();
  }

  private static List<Rectangle> boxes(Document document) {
    List<Rectangle> boxes = new ArrayList<>();
    for (Element node : all(document, "g", "node")) {
      String[] corner = node.getAttribute("transform").replaceAll("[^0-9 ]", "").split(" ");
      Element box = (Element) node.getElementsByTagName("rect").item(0);
      boxes.add(
          new Rectangle(
              Integer.parseInt(corner[0]),
              Integer.parseInt(corner[1]),
              Integer.parseInt(box.getAttribute("width")),
              Integer.parseInt(box.getAttribute("height"))));
    }
    return boxes;
  }

  @Test
  void a_picture_is_well_formed_and_has_a_box_for_each_task_and_a_tip_for_each_edge()
      throws Exception {
    for (int seed = 0; seed < 200; seed++) {
      Graph graph = Sketch.random(seed, 20);
      Section section = graph.sections().getFirst();
      Document svg = read(new GraphSvg(graph).document().orElseThrow());
      List<Rectangle> boxes = boxes(svg);
      int width = Integer.parseInt(svg.getDocumentElement().getAttribute("width"));
      int height = Integer.parseInt(svg.getDocumentElement().getAttribute("height"));

      assertThat(boxes).hasSameSizeAs(section.nodes());
      assertThat(
              all(svg, "path", "edge").stream().filter(e -> e.hasAttribute("marker-end")).count())
          .isEqualTo(section.edges().size());
      for (int i = 0; i < boxes.size(); i++) {
        assertThat(new Rectangle(0, 0, width, height).contains(boxes.get(i))).isTrue();
        for (int j = 0; j < i; j++) {
          assertThat(boxes.get(i).intersects(boxes.get(j))).as("graph " + seed).isFalse();
        }
      }
    }
  }

  @Test
  void a_long_flow_goes_down_where_that_is_narrower() throws Exception {
    String chain =
        IntStream.range(0, 30)
            .mapToObj(i -> i == 0 ? "t0" : "t" + i + ": t" + (i - 1))
            .collect(Collectors.joining(", "));
    Document svg = read(new GraphSvg(Sketch.of(chain)).document().orElseThrow());

    assertThat(Integer.parseInt(svg.getDocumentElement().getAttribute("width"))).isLessThan(200);
  }

  @Test
  void a_graph_that_no_browser_would_like_has_no_picture() {
    String many =
        IntStream.range(0, 3_001).mapToObj(i -> "t" + i).collect(Collectors.joining(", "));

    assertThat(new GraphSvg(Sketch.of(many)).document()).isEmpty();
  }
}
