/** The records of the API, and how they are written as JSON. */
@NullMarked
package net.berth.http.json;

import org.jspecify.annotations.NullMarked;
