package dev.mahavishnu.llm.provider;

import dev.mahavishnu.llm.Call;
import dev.mahavishnu.llm.Chat;
import dev.mahavishnu.llm.Reply;
import dev.mahavishnu.llm.provider.Judge.Verdict;
import dev.mahavishnu.plan.Progress;
import dev.mahavishnu.plan.Usage;
import dev.mahavishnu.secret.Redactor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A model at a provider, by LangChain4j. Safe for several threads; keeps no thread between calls,
 * and none that would keep the program from ending.
 */
public final class ModelChat implements Chat {
  /** What looks like a word is no key that must be hidden wherever it stands. */
  private static final int SHORTEST_KEY = 12;

  private final ModelSettings settings;
  private final Meter meter;
  private final Connections connections;
  private final Outgoing outgoing;
  private final ProviderWords words;
  private final Patience patience;
  private final Patience.Pause pause;
  private final LongSupplier ticks;
  private final Form.Limits limits;

  /** What knows LangChain4j, which is loaded for the first call and not before. */
  private @Nullable Judge judge;

  /**
   * @param redactor of everything that is sent; comes to know the key
   * @param meter of the session
   * @param variables the environment, for proxies
   */
  public ModelChat(
      ModelSettings settings, Redactor redactor, Meter meter, Map<String, String> variables) {
    this(
        settings,
        redactor,
        meter,
        variables,
        new Clocks(
            InstantSource.system(),
            System::nanoTime,
            RandomGenerator.getDefault(),
            Patience.Pause::really));
  }

  ModelChat(
      ModelSettings settings,
      Redactor redactor,
      Meter meter,
      Map<String, String> variables,
      Clocks clocks) {
    this.settings = settings;
    this.meter = meter;
    this.connections = new Connections(variables, settings.timeout());
    this.outgoing = new Outgoing(redactor);
    this.words = new ProviderWords(settings, redactor);
    this.limits = new Form.Limits(settings.provider());
    this.patience = new Patience(clocks.clock(), clocks.random());
    this.pause = clocks.pause();
    this.ticks = clocks.ticks();
    settings
        .apiKey()
        .filter(key -> key.length() >= SHORTEST_KEY)
        .ifPresent(key -> redactor.add(List.of(key)));
  }

  /**
   * Time and chance.
   *
   * @param ticks nanoseconds of a clock that only goes on
   */
  record Clocks(
      InstantSource clock, LongSupplier ticks, RandomGenerator random, Patience.Pause pause) {}

  @Override
  public Reply answer(Call call, Progress progress) {
    if (settings.apiKey().isEmpty() && !settings.provider().keys().isEmpty() && !elsewhere()) {
      return new Reply.Failed(words.who() + " wants a key: set " + words.keys());
    }
    Watch watch = new Watch(progress);
    try (Progress.Hold _ = progress.onStop(watch::stop);
        Meter.Claim claim = claim(Tokens.most(call))) {
      return converse(call, progress, watch, claim);
    } catch (ProviderException budget) {
      return new Reply.Failed(budget.getMessage());
    } finally {
      watch.close();
    }
  }

  private Meter.Claim claim(long input) throws ProviderException {
    return meter.claim(Prices.of(settings, input), input, settings.maxOutputTokens());
  }

  private synchronized Judge judge() {
    Judge made = judge;
    if (made == null) {
      made = new Judge(settings, words, patience, limits);
      judge = made;
    }
    return made;
  }

  /** Servers of one's own often want no key. */
  private boolean elsewhere() {
    return settings.baseUrl().isPresent() && settings.provider() == Provider.OPENAI;
  }

  private Reply converse(Call call, Progress progress, Watch watch, Meter.Claim claim) {
    long began = ticks.getAsLong();
    Attempt last = new Attempt(settings.provider(), watch, ticks);
    try {
      int failures = 0;
      while (true) {
        Form form = limits.of(call);
        last = new Attempt(settings.provider(), watch, ticks);
        Attempt.Ending ending =
            watch.stopped().isDone()
                ? Attempt.Ending.STOPPED
                : last.run(
                    connections::client,
                    outgoing,
                    settings,
                    () -> judge().request(call, form),
                    settings.timeout());
        if (ending == Attempt.Ending.STOPPED) {
          return new Reply.Stopped();
        }
        switch (judge().of(last, ending == Attempt.Ending.SILENT, form, failures)) {
          case Verdict.Over over -> {
            return over.reply();
          }
          case Verdict.Differently differently -> watch.notes(differently.note());
          case Verdict.Again again -> {
            failures++;
            watch.notes(again.note());
            pause.take(again.pause(), watch.stopped());
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Reply.Stopped();
    } finally {
      watch.close();
      progress.costs(usage(call, last, watch, claim, ticks.getAsLong() - began));
    }
  }

  /** By the provider's numbers; where it sent an answer without any, by the length of the texts. */
  private static Usage usage(Call call, Attempt last, Watch watch, Meter.Claim claim, long nanos) {
    boolean answered = last.exchange().status() != 0 && !last.exchange().refused();
    long input = last.signs().input().orElse(answered ? Tokens.about(call) : 0L);
    long heard = Tokens.about(watch.characters());
    long said = last.signs().output().orElse(heard);
    // of a broken answer the provider told the number of its beginning at most
    long output = last.complete() ? said : Math.max(said, heard);
    return claim.settle(input, output, Duration.ofNanos(nanos));
  }
}
