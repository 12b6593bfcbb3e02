/**
 * Secrets: resolving declared names, redacting values from whatever people or models see, and
 * encrypting results under the workspace key.
 */
@NullMarked
package dev.mahavishnu.secret;

import org.jspecify.annotations.NullMarked;
