package dev.mahavishnu.eval;

import dev.mahavishnu.eval.Verdict.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * {@code ./mvnw -Peval verify}: holds the offline planner to the cases, and a model: the one that
 * is named, else the small one of the tests, to a few of them. Reads the properties {@code
 * llm.provider}, {@code llm.base_url}, {@code llm.model}, {@code llm.api_key}, {@code eval.only}
 * and {@code eval.repeat}.
 */
final class Evaluate {
  private static final Path FOLDER = Path.of("target/eval");

  private final PrintStream out;
  private final int repeat;
  private final List<Case> cases;
  private final Report report =
      new Report(Instant.now().truncatedTo(ChronoUnit.SECONDS), Path.of("prompts"));

  private Evaluate(Properties said, PrintStream out) {
    this.out = out;
    this.repeat = Integer.parseInt(text(said, "eval.repeat", "1"));
    List<PathMatcher> only =
        Stream.of(text(said, "eval.only", "*/*").split(","))
            .map(g -> g.contains("/") ? g : "*/" + g)
            .map(g -> FileSystems.getDefault().getPathMatcher("glob:" + g))
            .toList();
    this.cases =
        Cases.all().stream()
            .filter(c -> only.stream().anyMatch(m -> m.matches(Path.of(c.group(), c.name()))))
            .toList();
  }

  static String text(Properties said, String name, String otherwise) {
    String value = said.getProperty(name, "").strip();
    return value.isEmpty() ? otherwise : value;
  }

  public static void main(String[] args) {
    System.exit(run(System.getProperties(), System.getenv(), System.out));
  }

  /** Exit code 1 where the model gave no answer at all, 2 where what was said makes no sense. */
  static int run(Properties said, Map<String, String> variables, PrintStream out) {
    try {
      Optional<Subject> named = ModelSubject.of(said, variables);
      Evaluate evaluate = new Evaluate(said, out);
      if (evaluate.cases.isEmpty()) {
        throw new IllegalArgumentException("eval.only fits no case");
      }
      evaluate.run(Subject.offline(), evaluate.cases);
      boolean answered =
          named.map(model -> evaluate.run(model, evaluate.cases)).orElseGet(evaluate::small);
      evaluate.report.write(FOLDER);
      out.println("Each case: " + FOLDER.resolve("report.md") + ", report.json");
      return answered ? 0 : 1;
    } catch (IllegalArgumentException e) {
      out.println(e.getMessage());
      return 2;
    }
  }

  /** The small model is no provider that must answer: that it gives no answer is a result too. */
  private boolean small() {
    List<Case> few = SmallModel.cases(cases);
    if (few.isEmpty()) {
      return true;
    }
    try (SmallModel model = SmallModel.start()) {
      run(new ModelSubject(model.settings(), Map.of()), few);
    } catch (TestAbortedException | IOException e) {
      out.println("\n== the small model: skipped: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  /** Whether there was any answer. */
  private boolean run(Subject subject, List<Case> asked) {
    out.println("\n== " + subject.name() + ", " + report + "\n");
    Evaluation evaluation = new Evaluation(subject);
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < repeat; i++) {
      for (Case one : asked) {
        for (Result result : evaluation.run(one)) {
          results.add(result);
          out.printf(
              Locale.ROOT,
              "%-60s %-18s %6.1f s  %s%n",
              result.name(),
              result.verdict().kind().words(),
              result.time().toMillis() / 1000.0,
              why(result));
        }
      }
    }
    Tally tally = new Tally(results);
    out.println("\n" + tally.table());
    report.add(subject.name(), results);
    return tally.count(Kind.UNAVAILABLE) < results.size();
  }

  private static String why(Result result) {
    Kind kind = result.verdict().kind();
    String why = String.join("; ", result.verdict().why()).replaceAll("\\s+", " ");
    return kind.good() ? "" : why.length() > 160 ? why.substring(0, 160) + "…" : why;
  }
}
