/**
 * The Model Context Protocol: what another assistant may look up and, where a person agrees, do. It
 * knows the protocol and who has to be asked; what the tools do comes from outside.
 */
@NullMarked
package dev.mahavishnu.mcp;

import org.jspecify.annotations.NullMarked;
