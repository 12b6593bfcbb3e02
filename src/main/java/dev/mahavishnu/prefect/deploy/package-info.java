/**
 * Deployments: what of a flow a server keeps, what to change there so that it is what a person
 * wants, and how a flow travels to a worker ({@link Bundle}). What decides is pure; what talks to
 * the server is thin.
 */
@NullMarked
package dev.mahavishnu.prefect.deploy;

import org.jspecify.annotations.NullMarked;
