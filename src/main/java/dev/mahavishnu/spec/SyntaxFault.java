package dev.mahavishnu.spec;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import tools.jackson.core.JacksonException;

/**
 * A text that is no YAML or JSON, said in one line.
 *
 * @param at offset in characters
 */
record SyntaxFault(int at, String message, String hint) {
  private static final Pattern NO_SPACE = Pattern.compile("([ -]*[A-Za-z_][A-Za-z0-9_-]*:)[^ :/]");

  static SyntaxFault of(JacksonException e, SpecText text, boolean yaml) {
    if (e.getCause() instanceof MarkedYamlEngineException marked) {
      return yaml(marked, text);
    }
    if (e.getCause() instanceof ReaderException reader) {
      return new SyntaxFault(
          text.ofCodePoint(reader.getPosition()),
          String.format("a control character (U+%04X) can't stand here", reader.getCodePoint()),
          "in double quotes write it as \\u%04X".formatted(reader.getCodePoint()));
    }
    int at = e.getLocation() == null ? 0 : (int) Math.max(0, e.getLocation().getCharOffset());
    return yaml ? other(text.ofCodePoint(at), e, text) : json(at, e.getOriginalMessage());
  }

  private static SyntaxFault other(int at, JacksonException e, SpecText text) {
    String message = e.getOriginalMessage();
    if (!message.startsWith("Expected a property name")) {
      return new SyntaxFault(at, firstLine(message), "");
    }
    int braces = text.text().lastIndexOf("{{", at);
    return braces >= 0 && braces >= at - 2
        ? new SyntaxFault(braces, "`{{` starts nothing here", "write an expression as ${{ … }}")
        : new SyntaxFault(at, "a name must be a plain text here", "");
  }

  private static SyntaxFault yaml(MarkedYamlEngineException e, SpecText text) {
    int at = e.getProblemMark().map(mark -> offset(mark, text)).orElse(0);
    int from = e.getContextMark().map(mark -> offset(mark, text)).orElse(at);
    String problem = Optional.ofNullable(e.getProblem()).orElse("");
    String context = Optional.ofNullable(e.getContext()).orElse("");
    if (context.contains("quoted scalar") && problem.contains("end of stream")) {
      return new SyntaxFault(from, "this quote is never closed", "");
    }
    if (problem.startsWith("found unknown escape character")) {
      return new SyntaxFault(
          at,
          "`\\" + text.text().charAt(at) + "` is no escape in double quotes",
          "write \\\\ for a backslash, or use single quotes or a block (|)");
    }
    if (problem.contains("that cannot start any token")) {
      return start(at, text);
    }
    if (context.contains("flow")) {
      return flow(at, from, text);
    }
    return block(at, from, problem, text);
  }

  private static SyntaxFault start(int at, SpecText text) {
    char c = text.text().charAt(at);
    return c == '\t'
        ? new SyntaxFault(at, "a tab can't indent", "use spaces")
        : new SyntaxFault(at, "a text can't start with `" + c + "`", "put it in quotes");
  }

  private static SyntaxFault flow(int at, int from, SpecText text) {
    char open = text.text().charAt(Math.min(from, Math.max(0, text.text().length() - 1)));
    if (at > 0 && at < text.text().length() && text.text().startsWith("${{", at - 1)) {
      return new SyntaxFault(
          at - 1,
          "an expression between " + (open == '[' ? "[ and ]" : "{ and }") + " needs quotes",
          "write \"${{ … }}\"");
    }
    if (open != '[' && open != '{') {
      return at >= text.text().stripTrailing().length()
          ? new SyntaxFault(at, "the text ends too early", "is a } or ] missing?")
          : new SyntaxFault(at, "a value is expected here", "put a text in quotes");
    }
    return new SyntaxFault(
        from, "`" + open + "` is not closed", "or a comma is missing, or a text needs quotes");
  }

  private static SyntaxFault block(int at, int from, String problem, SpecText text) {
    if (problem.startsWith("mapping values are not allowed")) {
      Matcher above = NO_SPACE.matcher(lineAbove(at, text));
      if (above.lookingAt()) {
        int line = text.text().lastIndexOf('\n', startOfLine(at, text) - 2) + 1;
        return new SyntaxFault(line + above.end(1), "a space is missing after `:`", "");
      }
      return new SyntaxFault(
          at,
          "`:` can't stand here",
          "is the line above indented right? a text with `: ` needs quotes");
    }
    if (problem.startsWith("sequence entries are not allowed")) {
      return new SyntaxFault(at, "`- ` can't stand here", "start the list on a line of its own");
    }
    if (problem.startsWith("could not find expected ':'")) {
      return new SyntaxFault(
          from,
          "expected `name: value`",
          "is a space missing after `:`? is the line indented right?");
    }
    if (problem.startsWith("expected <block end>")) {
      return at > 0 && at < text.text().length() && !startsLine(at, text)
          ? new SyntaxFault(
              at, "there is more after the end of the value", "put the whole value in quotes")
          : new SyntaxFault(at, "this line is not indented like those before it", "");
    }
    if (problem.startsWith("expected the node content")) {
      return new SyntaxFault(at, "a value is expected here", "put a text in quotes");
    }
    return new SyntaxFault(at, firstLine(problem), "");
  }

  private static boolean startsLine(int at, SpecText text) {
    return text.text().substring(startOfLine(at, text), at).isBlank();
  }

  private static int startOfLine(int at, SpecText text) {
    return text.text().lastIndexOf('\n', at - 1) + 1;
  }

  private static String lineAbove(int at, SpecText text) {
    int line = startOfLine(at, text);
    return line == 0
        ? ""
        : text.text().substring(text.text().lastIndexOf('\n', line - 2) + 1, line - 1);
  }

  private static int offset(Mark mark, SpecText text) {
    return text.ofCodePoint(mark.getIndex());
  }

  private static SyntaxFault json(int at, String message) {
    if (message.contains("comma to separate")) {
      return new SyntaxFault(at, "a comma is missing before this", "");
    }
    if (message.contains("expecting double-quote")) {
      return new SyntaxFault(
          at, "a name in double quotes is expected here", "is there a comma too much?");
    }
    if (message.contains("expecting a colon")) {
      return new SyntaxFault(at, "a `:` is missing before this", "");
    }
    if (message.contains("closing quote")) {
      return new SyntaxFault(at, "a quote is never closed", "");
    }
    if (message.startsWith("Unexpected end-of-input")) {
      return new SyntaxFault(at, "the text ends too early", "is a } or ] missing?");
    }
    if (message.startsWith("Unexpected close marker")) {
      return new SyntaxFault(at, "this bracket closes nothing that is open", "");
    }
    if (message.startsWith("Illegal unquoted character")) {
      return new SyntaxFault(
          at, "a line break or control character can't stand in a text", "write \\n");
    }
    if (message.startsWith("Unexpected character") || message.startsWith("Unrecognized token")) {
      return new SyntaxFault(at, "a value is expected here", "put a text in double quotes");
    }
    return new SyntaxFault(at, firstLine(message), "");
  }

  private static String firstLine(String message) {
    String stripped = message.strip();
    int end = stripped.indexOf('\n');
    return end < 0 ? stripped : stripped.substring(0, end);
  }
}
