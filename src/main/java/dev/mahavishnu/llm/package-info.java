/**
 * The language model: it plans what people say in their own words, explains what failed, and
 * proposes repairs. What it says is checked by code before anybody sees it as a proposal.
 */
@NullMarked
package dev.mahavishnu.llm;

import org.jspecify.annotations.NullMarked;
