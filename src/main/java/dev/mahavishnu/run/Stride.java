package dev.mahavishnu.run;

/** How far a run goes on before it stops again. */
public enum Stride {
  /** Not at all: it stops before what would start next. */
  NOTHING,
  /** One task run; of a mapped task an item, of a subflow a task of it. */
  INTO,
  /** One task run and all that is in it: its items, the tasks of its subflow, its retries. */
  OVER
}
