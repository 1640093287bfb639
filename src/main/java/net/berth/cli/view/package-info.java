/** What the commands print: tables, texts and the progress line. */
@NullMarked
package net.berth.cli.view;

import org.jspecify.annotations.NullMarked;
