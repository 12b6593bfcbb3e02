/** What {@code ./mvnw -Pbench verify} measures: the program beside its disk and its JVM. */
@NullMarked
package dev.mahavishnu.bench;

import org.jspecify.annotations.NullMarked;
