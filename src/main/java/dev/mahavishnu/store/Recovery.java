package dev.mahavishnu.store;

/**
 * How a journal was opened.
 *
 * @param imageUsed whether a checkpoint image stood for the start of the journal
 * @param imageSeq sequence number of the last event in that image, 0 without one
 * @param replayed number of events read from the journal after it
 * @param cut bytes of a torn tail that were cut off; they were never acknowledged
 */
public record Recovery(boolean imageUsed, long imageSeq, long replayed, long cut) {}
