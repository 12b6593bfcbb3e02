package dev.mahavishnu.plan;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.FlowReader;
import dev.mahavishnu.spec.ReadResult;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The front of every planner: a request that is a flow's text is read as one, with its problems at
 * their lines; any other goes to the planner.
 */
public final class Requests implements Planner {
  /** How problems name the text of a request. */
  public static final String NAME = "<request>";

  private static final Pattern BLOCK =
      Pattern.compile("(?m)^(?:\"?(?:flow|tasks)\"?)[ \\t]*:(?:\\s|$)");
  private static final Pattern INLINE = Pattern.compile("[{,]\\s*\"?(?:flow|tasks)\"?\\s*:");
  private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t]*```[a-zA-Z]*[ \\t]*$");

  private final FlowReader reader;
  private final Planner planner;

  /**
   * @param planner for sentences
   */
  public Requests(FlowReader reader, Planner planner) {
    this.reader = reader;
    this.planner = planner;
  }

  /** Whether a text is a flow (a mapping with {@code flow} or {@code tasks}) or words. */
  public static Intent intent(String text) {
    String start = unfenced(text).stripLeading();
    boolean spec =
        start.startsWith("{") ? INLINE.matcher(start).find() : BLOCK.matcher(start).find();
    return spec ? new Intent.Spec(text) : new Intent.Sentence(text);
  }

  /** Pasted text may stand between lines of backquotes; its lines keep their numbers. */
  private static String unfenced(String text) {
    return FENCE.matcher(text).replaceAll("");
  }

  @Override
  public Proposal plan(Request request, Progress progress) {
    return switch (intent(request.text())) {
      case Intent.Sentence _ -> planner.plan(request, progress);
      case Intent.Spec spec -> read(unfenced(spec.text()), request);
    };
  }

  private Proposal read(String text, Request request) {
    return switch (reader.read(NAME, text, Path.of(""))) {
      case ReadResult.Valid valid -> {
        Flow flow = valid.source().flow();
        yield new Proposal.Proposed(flow, notes(flow, request));
      }
      case ReadResult.Invalid invalid -> new Proposal.Invalid(invalid.problems());
    };
  }

  private static List<String> notes(Flow flow, Request request) {
    boolean same = request.draft().map(d -> d.name().equals(flow.name())).orElse(false);
    return request.workspace().flows().contains(flow.name()) && !same
        ? List.of("there is a flow " + flow.name() + " already: saving this one replaces it")
        : List.of();
  }
}
