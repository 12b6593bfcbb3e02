package dev.mahavishnu.spec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One list of commands as the shell's grammar sees it: which word is the command, where a pattern
 * of a {@code case} stands, and whether an expression in the word now being read would be code.
 */
final class ShellWords {
  /** After these a command may start. */
  private static final Set<String> RESERVED =
      Set.of("{", "}", "!", "if", "then", "else", "elif", "fi", "while", "until", "do", "done");

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\+?");

  private enum Case {
    SUBJECT,
    PATTERN,
    BODY
  }

  private final Deque<Case> cases = new ArrayDeque<>();

  /** The words of the command so far, a word with anything but constant text as an empty text. */
  private final List<String> words = new ArrayList<>();

  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean quoted;
  private boolean constant = true;
  private boolean assignment;
  private boolean target;
  private boolean functionName;
  private boolean doubleBracket;

  /** Adds constant text to the word being read. */
  void text(char c, boolean inQuotes) {
    inWord = true;
    quoted |= inQuotes;
    if (constant) {
      assignment |= c == '=' && !quoted && NAME.matcher(word).matches();
      word.append(c);
    }
  }

  /** The word being read has quotes, maybe with nothing between. */
  void quotes() {
    inWord = true;
    quoted = true;
  }

  /** The word being read has a part that only the run knows. */
  void unknown() {
    inWord = true;
    constant = false;
  }

  boolean inWord() {
    return inWord;
  }

  boolean inPattern() {
    return cases.peek() == Case.PATTERN;
  }

  /** Why an expression in parentheses that open here is refused. */
  Optional<ShellFault> bracketRefusal() {
    return doubleBracket ? Optional.of(ShellFault.DOUBLE_BRACKET) : Optional.empty();
  }

  /** Why an expression in the word being read is refused. */
  Optional<ShellFault> refusal() {
    if (target || inPattern()) {
      return Optional.empty();
    }
    if (doubleBracket) {
      return Optional.of(ShellFault.DOUBLE_BRACKET);
    }
    String before = word.toString();
    if (words.isEmpty()) {
      return assignment || before.contains("/")
          ? Optional.empty()
          : Optional.of(ShellFault.COMMAND);
    }
    return ShellPrograms.refusal(words, before);
  }

  /** A redirection starts: the next word is its target. */
  void redirect() {
    boolean number = constant && !quoted && word.chars().allMatch(c -> c >= '0' && c <= '9');
    if (number) {
      reset();
    } else {
      endWord();
    }
    target = true;
  }

  /** Ends the word being read, if there is one. */
  void endWord() {
    if (!inWord) {
      return;
    }
    String literal = constant ? word.toString() : "";
    boolean plain = constant && !quoted;
    boolean assigns = assignment;
    reset();
    if (target) {
      target = false;
    } else if (doubleBracket) {
      doubleBracket = !(plain && literal.equals("]]"));
    } else if (inPattern()) {
      if (plain && literal.equals("esac")) {
        cases.pop();
      }
    } else if (words.isEmpty()) {
      first(literal, plain, assigns);
    } else {
      words.add(literal);
      later(literal, plain);
    }
  }

  private void reset() {
    inWord = false;
    quoted = false;
    constant = true;
    assignment = false;
    word.setLength(0);
  }

  private void first(String literal, boolean plain, boolean assigns) {
    if (functionName) {
      functionName = false;
    } else if (assigns) {
      words.clear();
    } else if (!plain) {
      words.add(literal);
    } else if (literal.equals("esac") && cases.peek() == Case.BODY) {
      cases.pop();
    } else if (literal.equals("case")) {
      cases.push(Case.SUBJECT);
      words.add(literal);
    } else if (literal.equals("function")) {
      functionName = true;
    } else if (literal.equals("[[")) {
      doubleBracket = true;
      words.add(literal);
    } else if (!RESERVED.contains(literal)) {
      words.add(literal);
    }
  }

  private void later(String literal, boolean plain) {
    if (!plain) {
      return;
    }
    boolean third = words.size() == 3;
    if (third && literal.equals("in") && cases.peek() == Case.SUBJECT) {
      cases.pop();
      cases.push(Case.PATTERN);
      words.clear();
    } else if (third && literal.equals("do") && words.getFirst().equals("for")) {
      words.clear();
    }
  }

  /** An operator or a newline ends the command, but not the head of a {@code case}. */
  void endCommand() {
    endWord();
    if (!doubleBracket && cases.peek() != Case.SUBJECT) {
      words.clear();
    }
    target = false;
  }

  /** {@code ;;} and its kin: the next pattern of a {@code case} follows. */
  void endBranch() {
    endCommand();
    if (cases.peek() == Case.BODY) {
      cases.pop();
      cases.push(Case.PATTERN);
    }
  }

  /** Takes a closing parenthesis that ends a pattern; false where it closes something else. */
  boolean endPattern() {
    endWord();
    if (!inPattern()) {
      return false;
    }
    cases.pop();
    cases.push(Case.BODY);
    words.clear();
    return true;
  }
}
