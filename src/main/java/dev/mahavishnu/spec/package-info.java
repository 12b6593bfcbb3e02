/**
 * What a flow is: its records, how YAML and JSON become them with a position for every problem, the
 * validator, the published JSON Schema, and the difference between two flows. Knows nothing of how
 * a flow runs; what expressions mean is behind {@link dev.mahavishnu.spec.ExpressionChecker}.
 */
@NullMarked
package dev.mahavishnu.spec;

import org.jspecify.annotations.NullMarked;
