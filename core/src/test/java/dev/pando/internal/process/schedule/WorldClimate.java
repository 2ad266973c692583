package dev.pando.internal.process.schedule;

/** The rules and the chances of a world, in percent. */
record WorldClimate(SchedulerRules rules, boolean eager, int deaths, int failedStarts, int deaf, int retries) {}
