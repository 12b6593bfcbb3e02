package dev.mahavishnu.plan;

import dev.mahavishnu.spec.Flow;
import dev.mahavishnu.spec.Problem;
import java.util.List;
import java.util.Optional;

/** What a planner makes of a request. */
public sealed interface Proposal {

  /**
   * The whole request was understood.
   *
   * @param flow a valid flow; of a draft, the changed one
   * @param notes what the person should know before they agree, one line each: a script that is not
   *     there, a name that was made up
   */
  record Proposed(Flow flow, List<String> notes) implements Proposal {
    public Proposed {
      notes = List.copyOf(notes);
    }
  }

  /**
   * The request can be read in more than one way.
   *
   * @param choices the ways that can be gone, at least one
   */
  record Question(String text, List<Choice> choices) implements Proposal {
    public Question {
      choices = List.copyOf(choices);
    }
  }

  /**
   * One way to read a request.
   *
   * @param label a few words
   * @param request the request to plan instead, which is read in this way only
   */
  record Choice(String label, String request) {}

  /**
   * Some words were not understood, so nothing is proposed.
   *
   * @param parts in the order of the text, at least one
   */
  record NotUnderstood(List<Unclear> parts) implements Proposal {
    public NotUnderstood {
      parts = List.copyOf(parts);
    }
  }

  /**
   * Words that were not understood.
   *
   * @param start offset of the first character in the request
   * @param end offset after the last
   * @param words the characters between
   * @param why one line: what is wrong with them
   * @param form the nearest form that would be understood, in the notation of the documentation
   * @param example of that form
   */
  record Unclear(int start, int end, String words, String why, String form, String example) {}

  /**
   * Understood, but it can't be done.
   *
   * @param reason one line: what stands against it, and what to do
   */
  record Refused(String reason) implements Proposal {}

  /** The request was a flow's text, and that has problems. */
  record Invalid(List<Problem> problems) implements Proposal {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /**
   * The request asked for something to know, and not for a flow.
   *
   * @param text what the planner says to it, may be empty
   * @param table computed from what is stored, never by a model
   */
  record Answered(String text, Optional<Table> table) implements Proposal {}

  /**
   * Facts in rows.
   *
   * @param title one line, what they are about
   * @param columns names, at least one
   * @param rows each as long as {@code columns}
   */
  record Table(String title, List<String> columns, List<List<String>> rows) {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Nothing could be planned, whatever was asked: the provider refused or can't be reached, its
   * answer was cut short, the budget is used up.
   *
   * @param reason one line: the provider's own words where it said any, and what to do
   */
  record Unavailable(String reason) implements Proposal {}

  /** The person stopped it. */
  record Stopped() implements Proposal {}
}
