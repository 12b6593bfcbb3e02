/** Holds the compiled classes to the plan of the house in {@code docs/house.md}. */
@NullMarked
package dev.mahavishnu.house;

import org.jspecify.annotations.NullMarked;
