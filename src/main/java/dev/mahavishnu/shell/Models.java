package dev.mahavishnu.shell;

import java.util.List;

/** The language models that the shell can work with, and the one that it does work with. */
public interface Models {
  /** What {@link #use} takes for none. */
  String OFFLINE = "offline";

  /** Provider and model, or {@value #OFFLINE}. */
  String current();

  /** One line: where that choice came from; without a model also how to get one. */
  String why();

  /** What the provider offers. Asks it, so this may take time, and throws what it says. */
  List<String> list();

  /**
   * From now on the shell works with this one.
   *
   * @param name {@value #OFFLINE}, a model of the provider, or a provider and a model with a blank
   *     between them; another one throws, and all is as it was
   */
  void use(String name);
}
