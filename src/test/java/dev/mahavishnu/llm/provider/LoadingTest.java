package dev.mahavishnu.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mahavishnu.llm.Call;
import dev.mahavishnu.llm.Reply;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.secret.Redactor;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A program that asks no model should not pay for being able to. */
class LoadingTest {

  /** What is done within a class loader of its own. */
  public static final class Prepares implements Runnable {
    @Override
    public void run() {
      ModelSettings settings = ModelSettings.of(Provider.OPENAI, "m", Optional.empty());
      ModelChat chat =
          new ModelChat(settings, new Redactor(), new Meter(Optional.empty()), Map.of());
      Call call = new Call(List.of(new Call.User("hello")), Optional.empty(), List.of());
      if (!(chat.answer(call, Progress.UNSEEN) instanceof Reply.Failed)) {
        throw new IllegalStateException("there is no key");
      }
    }
  }

  private static final class Recording extends URLClassLoader {
    private final Set<String> loaded = ConcurrentHashMap.newKeySet();

    Recording(URL[] urls) {
      super(urls, ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      loaded.add(name);
      return super.findClass(name);
    }
  }

  private static URL url(String path) {
    try {
      return Path.of(path).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void nothingOfLangChain4jIsLoadedBeforeTheFirstCall() throws Exception {
    URL[] path =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(LoadingTest::url)
            .toArray(URL[]::new);
    try (Recording loader = new Recording(path)) {
      Runnable prepares =
          (Runnable)
              loader.loadClass(Prepares.class.getName()).getDeclaredConstructor().newInstance();
      prepares.run();

      assertThat(loader.loaded)
          .contains("dev.mahavishnu.llm.provider.ModelChat")
          .noneMatch(name -> name.startsWith("dev.langchain4j"));
    }
  }
}
