package dev.mahavishnu.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The draft and what it was before. Safe for several threads. */
final class Drafts {
  private final Shelf shelf;
  private final DraftText.Reading reading;
  private final List<Version> versions = new ArrayList<>();
  private final Deque<Version> undone = new ArrayDeque<>();

  /** A version, read when it is first needed: a shell starts without reading any. */
  private final class Version {
    private final DraftText text;
    private boolean known;
    private Optional<Draft> draft = Optional.empty();

    /** As it was kept. */
    Version(DraftText text) {
      this.text = text;
    }

    Version(DraftText text, Optional<Draft> draft) {
      this.text = text;
      this.draft = draft;
      this.known = true;
    }

    Optional<Draft> draft() {
      if (!known) {
        draft = text.read(reading);
        known = true;
      }
      return draft;
    }
  }

  Drafts(Shelf shelf, DraftText.Reading reading) {
    this.shelf = shelf;
    this.reading = reading;
    shelf.versions().forEach(text -> versions.add(new Version(text)));
  }

  /** The draft; empty where there is none, or where what was kept can't be read any more. */
  synchronized Optional<Draft> now() {
    return versions.isEmpty() ? Optional.empty() : versions.getLast().draft();
  }

  /** The draft as it is kept, without reading it. */
  synchronized DraftText last() {
    return versions.isEmpty() ? DraftText.NONE : versions.getLast().text;
  }

  /** A new version, which {@link #undo} takes back. */
  synchronized void change(Draft draft) {
    add(new Version(DraftText.of(draft), Optional.of(draft)));
  }

  /** No draft from here on. */
  synchronized void discard() {
    add(new Version(DraftText.NONE, Optional.empty()));
  }

  /** What was undone before a change is not to be done again after it. */
  private void add(Version version) {
    undone.clear();
    push(version);
  }

  private void push(Version version) {
    shelf.put(versions.size(), version.text);
    versions.add(version);
  }

  /** The same version, known by another file now. */
  synchronized void replace(Draft draft) {
    Version version = new Version(DraftText.of(draft), Optional.of(draft));
    shelf.put(versions.size() - 1, version.text);
    versions.set(versions.size() - 1, version);
  }

  /** Keeps nothing of what was, nor of what is. */
  synchronized void forget() {
    for (int i = versions.size() - 1; i >= 0; i--) {
      shelf.remove(i);
    }
    versions.clear();
    undone.clear();
  }

  /** Back to the version before; false where there is none. */
  synchronized boolean undo() {
    if (versions.isEmpty()) {
      return false;
    }
    undone.push(versions.removeLast());
    shelf.remove(versions.size());
    return true;
  }

  /** Forward again to the version that was undone last; false where there is none. */
  synchronized boolean redo() {
    if (undone.isEmpty()) {
      return false;
    }
    push(undone.pop());
    return true;
  }
}
