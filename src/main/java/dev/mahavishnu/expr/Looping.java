package dev.mahavishnu.expr;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** One loop, over the items of a list or the names of an object. */
final class Looping {
  private final Evaluator evaluator;
  private final Term.Loop loop;
  private final Optional<Frame<JsonNode>> outer;
  private final ArrayNode made = Values.list();
  private int hits;
  private Optional<Failure> absorbed = Optional.empty();

  Looping(Evaluator evaluator, Term.Loop loop) {
    this.evaluator = evaluator;
    this.outer = evaluator.frame();
    this.loop = loop;
  }

  JsonNode run() {
    JsonNode over = evaluator.value(loop.over());
    if (!over.isArray() && !over.isObject()) {
      throw Failure.of(
          () ->
              "`"
                  + loop.kind().text()
                  + "` goes over a list or an object, not "
                  + Values.kind(over),
          loop.at());
    }
    try {
      boolean more = true;
      if (over.isArray()) {
        for (int i = 0; more && i < over.size(); i++) {
          more = turn(over.get(i));
        }
      } else {
        var names = over.propertyNames().iterator();
        while (more && names.hasNext()) {
          more = turn(Values.of(names.next()));
        }
      }
      return result(!more);
    } finally {
      evaluator.enter(outer);
    }
  }

  /** Whether to go on. */
  private boolean turn(JsonNode item) {
    try {
      evaluator.budget().turn();
    } catch (Failure failure) {
      throw failure.at(loop.at());
    }
    evaluator.enter(Optional.of(Frame.within(outer, loop.variable(), item)));
    return switch (loop.kind()) {
      case ALL -> !decided(false);
      case EXISTS -> !decided(true);
      case EXISTS_ONE -> {
        hits += evaluator.truth(loop.body(), loop.at()) ? 1 : 0;
        yield true;
      }
      case FILTER -> {
        if (evaluator.truth(loop.body(), loop.at())) {
          made.add(item);
        }
        yield true;
      }
      case MAP -> {
        if (loop.filter().isEmpty() || evaluator.truth(loop.filter().get(), loop.at())) {
          made.add(evaluator.value(loop.body()));
        }
        yield true;
      }
    };
  }

  private boolean decided(boolean deciding) {
    try {
      return evaluator.truth(loop.body(), loop.at()) == deciding;
    } catch (Failure failure) {
      if (failure.fatal()) {
        throw failure;
      }
      absorbed = absorbed.isPresent() ? absorbed : Optional.of(failure);
      return false;
    }
  }

  private JsonNode result(boolean decided) {
    if (!decided && absorbed.isPresent()) {
      throw absorbed.get();
    }
    return switch (loop.kind()) {
      case ALL -> Values.of(!decided);
      case EXISTS -> Values.of(decided);
      case EXISTS_ONE -> Values.of(hits == 1);
      case FILTER, MAP -> made;
    };
  }
}
