/** What the engine answers: records for API, command line and page. */
@NullMarked
package net.berth.engine.report;

import org.jspecify.annotations.NullMarked;
