package dev.mahavishnu.engine;

import dev.mahavishnu.engine.AttemptRun.Word;
import dev.mahavishnu.engine.Stimulus.Ending;
import dev.mahavishnu.run.Output;
import dev.mahavishnu.run.RunEvent.Hashes;
import dev.mahavishnu.run.RunId;
import dev.mahavishnu.run.TaskKey;
import dev.mahavishnu.secret.Redactor;
import dev.mahavishnu.spec.Cache;
import dev.mahavishnu.spec.Task;
import dev.mahavishnu.spec.ValueTypes;
import dev.mahavishnu.store.CacheEntry;
import dev.mahavishnu.store.RunJournal;
import dev.mahavishnu.store.Slot;
import dev.mahavishnu.store.Store;
import dev.mahavishnu.store.StoreException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Carries attempts out, each on a virtual thread of its own, and reports what became of them. */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final long SLOT_POLL_MILLIS = 50;

  private final RunId run;
  private final Store store;
  private final RunJournal journal;
  private final Map<String, TaskRunner> runners;
  private final EngineLimits limits;
  private final Reuse reuse;
  private final Redactor redactor;
  private final Clock clock;
  private final Consumer<Stimulus> report;
  private final Map<TaskKey, AttemptRun> current = new ConcurrentHashMap<>();

  Attempts(
      Engine.Parts parts,
      RunJournal journal,
      Reuse reuse,
      Redactor redactor,
      Consumer<Stimulus> report) {
    this.run = journal.fold().run();
    this.store = parts.store();
    this.runners = parts.runners();
    this.limits = parts.limits();
    this.clock = parts.clock();
    this.journal = journal;
    this.reuse = reuse;
    this.redactor = redactor;
    this.report = report;
  }

  /** Brings an attempt to its gate; with {@code atOnce} it goes on without being told. */
  void start(TaskKey task, int attempt, Inputs inputs, boolean atOnce) {
    AttemptRun each = new AttemptRun(run, task, attempt, inputs, journal, redactor);
    current.put(task, each);
    if (atOnce) {
      each.word.complete(Word.GO);
    }
    Thread.ofVirtual().name(task.text()).start(() -> carryOut(each, atOnce));
  }

  /** Opens the gate. */
  void go(TaskKey task) {
    AttemptRun each = current.get(task);
    if (each != null) {
      each.word.complete(Word.GO);
    }
  }

  /** Stops an attempt and reports when nothing of it is left, or what is. */
  void stop(TaskKey task, int attempt) {
    AttemptRun each = current.get(task);
    if (each == null) {
      report.accept(new Stimulus.Stopped(task, attempt, List.of()));
      return;
    }
    each.word.complete(Word.STOP);
    Thread.ofVirtual()
        .name("stop " + task.text())
        .start(() -> report.accept(new Stimulus.Stopped(task, attempt, end(each))));
  }

  private List<Long> end(AttemptRun each) {
    return each.prepared.join().map(a -> a.stop(limits.grace())).orElse(List.of());
  }

  /** Stops everything: the run can't go on. */
  void stopAll() {
    List<Thread> stopping = new ArrayList<>();
    for (AttemptRun each : current.values()) {
      each.word.complete(Word.STOP);
      stopping.add(Thread.ofVirtual().start(() -> end(each)));
    }
    for (Thread thread : stopping) {
      try {
        thread.join(limits.grace().plus(limits.killBound()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void carryOut(AttemptRun each, boolean atOnce) {
    Optional<Ending> ending = Optional.empty();
    try {
      ending = attempt(each, atOnce);
    } catch (TaskException e) {
      ending = Optional.of(bad(e.reason(), e.retryable()));
    } catch (StoreException e) {
      ending = Optional.of(bad(String.valueOf(e.getMessage()), false));
    } catch (RuntimeException e) {
      LOG.error("attempt {}", each.mark(), e);
      ending = Optional.of(bad("internal error: " + e, false));
    } finally {
      each.prepared.complete(Optional.empty());
      current.remove(each.task(), each);
    }
    ending.ifPresent(e -> report.accept(new Stimulus.Finished(each.task(), each.attempt(), e)));
  }

  private Ending bad(String message, boolean retryable) {
    return new Ending.Bad(redactor.redact(message), retryable);
  }

  /** Empty when it was stopped before it went. */
  private Optional<Ending> attempt(AttemptRun each, boolean atOnce) throws TaskException {
    Hashes hashes = each.hashes();
    Optional<JsonNode> known = reuse.take(each.task(), hashes).or(() -> cached(each, hashes));
    if (known.isPresent()) {
      return Optional.of(new Ending.Good(keep(each, known.get()), hashes, true));
    }
    List<Slot> slots = slots(each);
    try {
      if (each.word.getNow(Word.GO) == Word.STOP) {
        return Optional.empty();
      }
      Attempt ready = runner(each).prepare(each);
      each.prepared.complete(Optional.of(ready));
      if (!atOnce) {
        report.accept(new Stimulus.Prepared(each.task(), each.attempt(), ready.child()));
      }
      if (each.word.join() == Word.STOP) {
        return Optional.empty();
      }
      return Optional.of(ending(each, hashes, ready.run()));
    } finally {
      slots.forEach(Slot::close);
    }
  }

  private TaskRunner runner(AttemptRun each) throws TaskException {
    TaskRunner runner = runners.get(each.work().type());
    if (runner == null) {
      throw new TaskException("nothing here runs tasks of type " + each.work().type(), false);
    }
    return runner;
  }

  private Ending ending(AttemptRun each, Hashes hashes, Outcome outcome) throws TaskException {
    return switch (outcome) {
      case Outcome.Failed f -> bad(f.message(), f.retryable());
      case Outcome.Succeeded s -> {
        Task task = each.inputs().task();
        Optional<String> mismatch = ValueTypes.mismatch(task.output(), s.output());
        if (mismatch.isPresent()) {
          yield bad("the output is not what `output` declares: " + mismatch.get(), true);
        }
        JsonNode output = ValueTypes.exact(task.output(), s.output());
        Output kept = keep(each, output);
        if (task.cache().isPresent()) {
          remember(each, hashes, task.cache().get(), output);
        }
        yield new Ending.Good(kept, hashes, false);
      }
    };
  }

  private Output keep(AttemptRun each, JsonNode value) {
    return journal.keep(value, holdsSecret(each, value));
  }

  private boolean holdsSecret(AttemptRun each, JsonNode value) {
    return Secrecy.holdsSecret(value, each.inputs().secrets(), redactor);
  }

  private Optional<JsonNode> cached(AttemptRun each, Hashes hashes) {
    try {
      Optional<Cache> cache = each.inputs().task().cache();
      return cache.isEmpty()
          ? Optional.empty()
          : store.cached(key(each, hashes, cache.get()), clock.instant()).map(CacheEntry::output);
    } catch (TaskException e) {
      return Optional.empty();
    }
  }

  private void remember(AttemptRun each, Hashes hashes, Cache cache, JsonNode output)
      throws TaskException {
    if (holdsSecret(each, output)) {
      return; // A cache entry outlives the run and its key; a secret must not.
    }
    store.cache(
        key(each, hashes, cache),
        new CacheEntry(
            run, each.task().text(), output, cache.expires().map(clock.instant()::plus)));
  }

  private static String key(AttemptRun each, Hashes hashes, Cache cache) throws TaskException {
    return cache.key().equals(Cache.INPUTS)
        ? new Fingerprint().add(hashes.definition()).add(hashes.inputs()).hex()
        : new Fingerprint()
            .add(each.inputs().plan().flow().name())
            .add(each.task().task())
            .add(each.text(cache.key()))
            .hex();
  }

  /** Takes a slot of every tag that has a limit; waits for them in the order of their names. */
  private List<Slot> slots(AttemptRun each) {
    List<Slot> slots = new ArrayList<>();
    List<String> tags =
        each.inputs().task().tags().stream()
            .filter(limits.tags()::containsKey)
            .distinct()
            .sorted()
            .toList();
    for (String tag : tags) {
      Optional<Slot> slot = store.trySlot(tag, limits.tags().getOrDefault(tag, 1));
      while (slot.isEmpty() && !told(each)) {
        slot = store.trySlot(tag, limits.tags().getOrDefault(tag, 1));
      }
      slot.ifPresent(slots::add);
    }
    return slots;
  }

  /** Waits a little; true when the attempt has been stopped meanwhile. */
  private static boolean told(AttemptRun each) {
    try {
      return each.word.get(SLOT_POLL_MILLIS, TimeUnit.MILLISECONDS) == Word.STOP;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      return true;
    }
  }
}
