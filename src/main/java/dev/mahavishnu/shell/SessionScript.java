package dev.mahavishnu.shell;

import dev.mahavishnu.plan.Mention;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session as a script that does the same again. What a model answered, or a person in an editor,
 * stands in it as the flow that came of it: a replay asks nobody. What can't be done again so is a
 * comment.
 */
final class SessionScript {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final Dispatch dispatch;

  /**
   * @param dispatch without variables
   */
  SessionScript(Dispatch dispatch) {
    this.dispatch = dispatch;
  }

  List<String> lines(Transcript session, ZoneId zone) {
    List<Exchange> exchanges = session.read();
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Session "
            + session.id()
            + exchanges.stream()
                .findFirst()
                .map(e -> ", begun " + DAY.withZone(zone).format(e.at()))
                .orElse(""));
    lines.add("# Replay it: mahavishnu -f THIS_FILE --yes");
    exchanges.forEach(exchange -> add(lines, exchange));
    return lines;
  }

  private void add(List<String> lines, Exchange exchange) {
    Statement statement = statement(exchange.said());
    switch (dispatch.of(statement)) {
      case Saying.Draft draft when draft.verb() == Verb.MODEL ->
          comment(lines, "left out, since a replay asks no model:", exchange);
      case Saying.Draft draft when draft.verb() == Verb.FIX || draft.verb() == Verb.EDIT ->
          result(lines, exchange);
      case Saying.Draft _ -> again(lines, exchange);
      case Saying.Spec _ -> result(lines, exchange);
      case Saying.Sentence sentence when exchange.turn().isPresent() -> {
        if (isMention(sentence.text()) && exchange.exit() == Exit.COMPLETED) {
          lines.add(exchange.said());
        } else {
          result(lines, exchange);
        }
      }
      case Saying.Script _, Saying.Choice _, Saying.Faulty _ -> {
        if (exchange.exit() == Exit.COMPLETED) {
          lines.addAll(literal(exchange.said()));
        } else {
          comment(lines, "ended with exit code " + exchange.exit() + ":", exchange);
        }
      }
      // A sentence here: with a variable in it it may have been a command.
      case Saying.Order _, Saying.Debug _, Saying.Outside _, Saying.Wrong _, Saying.Sentence _ ->
          again(lines, exchange);
    }
  }

  private static Statement statement(String said) {
    return Statements.of(said)
        .next()
        .filter(s -> s.form() != Statement.Form.LINE || s.text().equals(said))
        .orElseGet(() -> new Statement(1, said, Statement.Form.LINE));
  }

  private static boolean isMention(String text) {
    List<Mention> mentions = Mention.in(text);
    return mentions.size() == 1
        && mentions.getFirst().start() == 0
        && mentions.getFirst().end() == text.length();
  }

  /** What failed may fail again. */
  private static void again(List<String> lines, Exchange exchange) {
    List<String> said = literal(exchange.said());
    boolean failed = exchange.exit() != Exit.COMPLETED;
    lines.add((failed ? "try " : "") + said.getFirst());
    lines.addAll(said.subList(1, said.size()));
  }

  /** A statement so that the lexer gives it again. */
  private static List<String> literal(String said) {
    Statements again = Statements.of(said);
    boolean same = again.next().filter(s -> s.text().equals(said)).isPresent();
    List<String> lines = new ArrayList<>(said.lines().toList());
    if (!same || again.next().isPresent()) {
      lines.addFirst("\'\'\'");
      lines.addLast("\'\'\'");
    }
    return lines;
  }

  /** Not the words, but the draft that came of them. */
  private static void result(List<String> lines, Exchange exchange) {
    Optional<String> draft = exchange.draft().map(SessionScript::flow);
    if (draft.isEmpty()) {
      comment(lines, "changed no draft:", exchange);
    } else if (draft.get().isEmpty()) {
      comment(lines, "left out, since its draft held a secret:", exchange);
    } else {
      comment(lines, "", exchange);
      flow(lines, draft.get());
    }
  }

  /** The flow of a draft as it is kept, without the comments about it; empty where it is hidden. */
  private static String flow(String draft) {
    return draft
        .lines()
        .dropWhile(line -> line.startsWith("#"))
        .collect(java.util.stream.Collectors.joining("\n"));
  }

  private static void flow(List<String> lines, String flow) {
    boolean fenced = !flow.contains("```");
    if (fenced) {
      lines.add("```yaml");
    }
    lines.addAll(flow.lines().toList());
    lines.add(fenced ? "```" : "...");
  }

  private static void comment(List<String> lines, String why, Exchange exchange) {
    if (!why.isEmpty()) {
      lines.add("# " + why);
    }
    exchange.said().lines().forEach(line -> lines.add("# " + line));
  }
}
