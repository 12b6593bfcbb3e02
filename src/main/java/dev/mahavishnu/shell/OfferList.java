package dev.mahavishnu.shell;

import dev.mahavishnu.view.Cells;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.terminal.Size;

/** Offers as the reader lists them, in the order in which they are. */
final class OfferList {
  /** Cells of a description, at most; with fewer than that there is none. */
  private static final int LONGEST = 44;

  private static final int SHORTEST = 12;

  /** Cells around a description, and rows of the screen that a list leaves. */
  private static final int AROUND = 8;

  private OfferList() {}

  /** With descriptions that are as long as they may be. */
  static List<Candidate> of(List<Offer> offers) {
    return candidates(offers, LONGEST);
  }

  /** With descriptions for which the screen has room. */
  static List<Candidate> fitting(List<Offer> offers, String begun, Size size) {
    return candidates(offers, room(offers, begun, size));
  }

  /**
   * Cells of a description, so that the list fits on the screen: what is begun is a list of those
   * that begin with it, in as many columns as it takes.
   */
  private static int room(List<Offer> offers, String begun, Size size) {
    List<Integer> widths =
        offers.stream()
            .map(Offer::text)
            .filter(text -> text.startsWith(begun))
            .map(text -> Cells.width(Cells.clean(text)))
            .toList();
    int rows = Math.max(1, size.getRows() - AROUND);
    int columns = Math.max(1, Math.ceilDiv(widths.size(), rows));
    int widest = widths.stream().max(Integer::compare).orElse(0);
    return Math.min(LONGEST, size.getColumns() / columns - widest - AROUND);
  }

  private static List<Candidate> candidates(List<Offer> offers, int room) {
    List<Candidate> candidates = new ArrayList<>();
    for (Offer word : offers) {
      String text = word.text();
      String about = room < SHORTEST ? "" : brief(word.description(), room);
      candidates.add(
          new Candidate(
              text,
              Cells.clean(text),
              null,
              about.isEmpty() ? null : about,
              null,
              null,
              word.whole(),
              candidates.size() + 1));
    }
    return candidates;
  }

  /** The first sentence, and of that what has room. */
  private static String brief(String description, int room) {
    String clean = Cells.clean(description);
    int end = clean.indexOf(". ");
    String first = end < 0 ? clean : clean.substring(0, end);
    int clause = first.indexOf(';');
    String part = clause > 0 && Cells.width(first) > room ? first.substring(0, clause) : first;
    return Cells.fit(part.endsWith(".") ? part.substring(0, part.length() - 1) : part, room);
  }
}
