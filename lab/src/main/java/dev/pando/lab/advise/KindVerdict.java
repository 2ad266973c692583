package dev.pando.lab.advise;

/**
 * What a call does, and the numbers that say so.
 *
 * @param because the reason, as the end of a sentence
 * @param quiet the calls that the verdict is about: those that other programs disturbed least
 */
record KindVerdict(WorkKind kind, String because, CallBatch quiet) {}
