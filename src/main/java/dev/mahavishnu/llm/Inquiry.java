package dev.mahavishnu.llm;

import dev.mahavishnu.llm.Call.Message;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.secret.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** A talk with a model about one run: it may look things up, a few times, before it answers. */
final class Inquiry {
  private static final int MOST_LOOKUPS = 6;
  private static final int LONGEST_NOTE = 160;

  private final Chat chat;
  private final Lookups lookups;
  private final Redactor redactor;
  private final ObjectNode schema;
  private final Progress progress;
  private final List<Message> messages = new ArrayList<>();
  private final StringBuilder found = new StringBuilder();
  private int left = MOST_LOOKUPS;

  /**
   * @param schema of the answer, whose member {@code text}, if any, is shown as it grows
   */
  Inquiry(Chat chat, Lookups lookups, Redactor redactor, ObjectNode schema, Progress progress) {
    this.chat = chat;
    this.lookups = lookups;
    this.redactor = redactor;
    this.schema = schema;
    this.progress = progress;
  }

  /** Adds what the model is told next. */
  void tell(Message message) {
    messages.add(
        switch (message) {
          case Call.User user -> new Call.User(redactor.redact(user.text()));
          case Call.Instructions _, Call.Model _, Call.Found _ -> message;
        });
  }

  /** What came of {@link #settle}. */
  sealed interface Settled<T> {
    /** An answer that passed. */
    record Good<T>(T answer) implements Settled<T> {}

    /** What is wrong with the last answer that was asked for. */
    record Bad<T>(List<String> problems) implements Settled<T> {
      public Bad {
        problems = List.copyOf(problems);
      }
    }

    /** There is no whole answer. */
    record None<T>(Reply reply) implements Settled<T> {}
  }

  /** Reads an answer, or adds what is wrong with it, a line each. */
  interface Check<T> {
    Optional<T> of(String answer, List<String> problems);
  }

  /**
   * Asks until an answer passes; what is wrong with one goes back to the model.
   *
   * @param tries answers that are asked for, at most
   * @param again what the model is told of problems
   */
  <T> Settled<T> settle(int tries, Function<List<String>, String> again, Check<T> check) {
    List<String> problems = List.of();
    for (int i = 0; i < tries; i++) {
      if (i > 0) {
        progress.notes("asks again: " + problems.getFirst());
        tell(new Call.User(again.apply(problems)));
      }
      Reply reply = ask();
      if (!(reply instanceof Reply.Whole whole)) {
        return new Settled.None<>(reply);
      }
      problems = new ArrayList<>();
      Optional<T> answer = check.of(whole.text(), problems);
      if (answer.isPresent()) {
        return new Settled.Good<>(answer.get());
      }
    }
    return new Settled.Bad<>(problems);
  }

  /** The model's answer; never lookups. */
  private Reply ask() {
    while (true) {
      List<Call.Tool> tools = left > 0 ? lookups.tools() : List.of();
      Call call = new Call(messages, Optional.of(schema), tools);
      Reply reply = chat.answer(call, Watching.words(progress));
      if (!(reply instanceof Reply.Lookups wanted)) {
        if (reply instanceof Reply.Whole whole) {
          messages.add(new Call.Model(whole.text(), List.of()));
        }
        return reply;
      }
      if (left <= 0) {
        return new Reply.Cut("the model looks things up again and again, and does not answer");
      }
      messages.add(new Call.Model(wanted.text(), wanted.lookups()));
      wanted.lookups().forEach(this::look);
    }
  }

  /** Each lookup gets an answer, as providers demand, but only so many are looked up. */
  private void look(Call.Lookup lookup) {
    String text;
    if (left <= 0) {
      text = "no more lookups: answer now";
    } else {
      left--;
      String note = "looks up " + lookup.tool() + " " + lookup.arguments();
      progress.notes(
          redactor.redact(note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE)));
      text = redactor.redact(lookups.look(lookup));
      found.append(text).append('\n');
    }
    messages.add(new Call.Found(lookup, Quote.data("what was looked up", text)));
  }

  /** All that was looked up. */
  String found() {
    return found.toString();
  }
}
