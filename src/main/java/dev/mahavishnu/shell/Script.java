package dev.mahavishnu.shell;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.Optional;

/**
 * Statements that come without a person: a file, the text of {@code -c}, or a pipe.
 *
 * @param name as messages name it: {@code <stdin>}, the file
 * @param lines without their ends; read no faster than they are done
 * @param yes whether what it runs may run
 * @param keepGoing whether a statement that failed lets the next ones go on
 * @param streams what programs that it starts get
 */
public record Script(
    String name, Iterator<String> lines, boolean yes, boolean keepGoing, Streams streams) {

  /** Which streams of this process a program may have. */
  public enum Streams {
    /** All of them: it is as if a person had started it. */
    ALL,
    /** Standard input is where the statements come from. */
    OUTPUT,
    /** None: what it prints is passed on. */
    NONE
  }

  /** Does the statements in order, up to the first that fails; gives that one's exit code. */
  public int run(Workplace place, PrintStream out, PrintStream err) {
    ScriptStage stage = new ScriptStage(this, out, err, place.root());
    Drafts drafts = new Drafts(Shelf.NONE, place::read);
    Conversation conversation =
        new Conversation(
            place,
            stage,
            drafts,
            place::createState,
            new Memory(place, false, stage::aside),
            Jobs.unseen());
    Statements statements = new Statements(lines);
    int first = Exit.COMPLETED;
    while (!conversation.isOver() && (first == Exit.COMPLETED || keepGoing)) {
      Optional<Statement> next = statements.next();
      if (next.isEmpty()) {
        break;
      }
      int code = conversation.take(next.get());
      first = first == Exit.COMPLETED ? code : first;
      if (code == Exit.INTERRUPTED) {
        break;
      }
    }
    out.flush();
    return first;
  }
}
