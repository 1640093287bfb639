package net.berth.setup;

import net.berth.setup.ask.Interview;

/** What each part of the setup works with: flags, systems, the person who answers, and the files to be created. */
record SetupContext(SetupOptions options, SetupProbe probe, Interview asks, SetupFiles files) {}
