package dev.mahavishnu.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The draft of a shell, which is on disk from its first version on: a shell that is killed leaves
 * it to the next one. Where nothing can be written the draft lives as long as the shell, which is
 * said once.
 */
final class Session implements Shelf {
  private final Workplace place;
  private final Consumer<String> warning;
  private @Nullable SessionFolder folder;
  private boolean refused;
  private final Drafts drafts;

  /**
   * @param warning gets one line when the draft can't be kept
   */
  Session(Workplace place, Consumer<String> warning) {
    this.place = place;
    this.warning = warning;
    this.drafts = new Drafts(this, place::read);
  }

  Drafts drafts() {
    return drafts;
  }

  /** What was left here before, in one line. */
  Optional<String> greeting() {
    return drafts
        .last()
        .name()
        .map(name -> "the draft " + name + " from before is here: show, run, save or discard it");
  }

  /** A folder for what is not the draft. */
  Path scratch() {
    try {
      take(place.createState());
      return folder == null ? Files.createTempDirectory("mahavishnu-") : folder.path();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(Path state) {
    if (folder == null && !refused) {
      try {
        folder = SessionFolder.take(state.resolve("session"));
      } catch (IOException e) {
        refuse(String.valueOf(e.getMessage()));
      }
    }
  }

  private void refuse(String why) {
    if (!refused) {
      refused = true;
      warning.accept("the draft is not kept on disk (" + why + ")");
    }
  }

  @Override
  public List<DraftText> versions() {
    if (!Files.isDirectory(place.state().resolve("session"))) {
      return List.of();
    }
    take(place.state());
    return folder == null ? List.of() : folder.versions();
  }

  @Override
  public void put(int number, DraftText version) {
    try {
      if (folder == null && !refused) {
        take(place.createState());
      }
      if (folder != null) {
        folder.put(number, version);
      }
    } catch (RuntimeException e) {
      refuse(place.reason(e).lines().getFirst());
    }
  }

  @Override
  public void remove(int number) {
    if (folder != null) {
      folder.remove(number);
    }
  }

  @Override
  public void close() {
    if (folder != null) {
      if (drafts.last().isNone()) {
        drafts.forget();
      }
      folder.close();
    }
  }
}
