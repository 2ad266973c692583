/**
 * The words of the lab, in English and in Korean.
 *
 * <pre>
 *   LabLanguage ──> MessageBook ──> the message files: one for each experiment, one for what they share, one for labels
 *                        └────────> KoreanParticle   은/는, 이/가, 을/를: by the sound before
 * </pre>
 *
 * A message is a whole sentence with places for numbers and names, so that each language has its own order of words. A
 * label (a heading, a name of a way) is looked up by what it says in English. Everything here is immutable. Start
 * reading at {@link dev.pando.lab.language.MessageBook}.
 */
@NullMarked
package dev.pando.lab.language;

import org.jspecify.annotations.NullMarked;
