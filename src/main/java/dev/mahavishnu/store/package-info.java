/**
 * What survives: journals, checkpoint images, results, the catalog, locks and the inbox of a
 * workspace. The journal is the truth; everything else can be deleted and is rebuilt.
 */
@NullMarked
package dev.mahavishnu.store;

import org.jspecify.annotations.NullMarked;
